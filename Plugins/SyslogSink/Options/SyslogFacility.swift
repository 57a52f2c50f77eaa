public import PatchbayCore

/// What part of a system a message is about (RFC 5424 §6.2.1, table 1).
public enum SyslogFacility: String, OptionChoice {
  // The order is the numerical code, from 0.

  /// The kernel.
  case kern
  /// Programs of users.
  case user
  /// The mail system.
  case mail
  /// System daemons.
  case daemon
  /// Security and authorisation.
  case auth
  /// The syslog daemon itself.
  case syslog
  /// The line printer subsystem.
  case lpr
  /// Network news.
  case news
  /// UUCP.
  case uucp
  /// The clock daemon.
  case cron
  /// Security and authorisation, kept apart from `auth`.
  case authpriv
  /// The FTP daemon.
  case ftp
  /// NTP.
  case ntp
  /// Log audit.
  case audit
  /// Log alert.
  case alert
  /// The clock daemon, second code.
  case clock
  /// For local use.
  case local0
  /// For local use.
  case local1
  /// For local use.
  case local2
  /// For local use.
  case local3
  /// For local use.
  case local4
  /// For local use.
  case local5
  /// For local use.
  case local6
  /// For local use.
  case local7

  /// The numerical code, 0 to 23.
  public var code: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
