public import PatchbayCore

/// How bad it is (RFC 5424 §6.2.1, table 2).
public enum SyslogSeverity: String, OptionChoice {
  // The order is the numerical code, from 0.

  /// The system is unusable.
  case emerg
  /// Action must be taken at once.
  case alert
  /// Critical conditions.
  case crit
  /// Errors.
  case err
  /// Warnings.
  case warning
  /// Normal but significant.
  case notice
  /// Informational.
  case info
  /// For debugging.
  case debug

  /// The numerical code, 0 to 7.
  public var code: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
