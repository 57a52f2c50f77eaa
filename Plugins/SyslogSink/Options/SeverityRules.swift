public import PatchbayCore

/// Which severity a message gets, by what became of its event.
public struct SeverityRules: OptionGroup {
  let accepted: SyslogSeverity
  let rejected: SyslogSeverity
  let failed: SyslogSeverity
  let unknown: SyslogSeverity
  let undecided: SyslogSeverity

  /// Declares and reads the options.
  public init(from options: inout OptionReader) {
    accepted = options.value("accepted", default: .info, doc: "For events that the target took.")
    rejected = options.value(
      "rejected", default: .warning, doc: "For events that were turned away before they were sent.")
    failed = options.value("failed", default: .err, doc: "For events that the target refused.")
    unknown = options.value(
      "unknown", default: .err, doc: "For events that the target may or may not have taken.")
    undecided = options.value(
      "undecided", default: .info, doc: "For events that nobody has judged.")
  }

  func severity(of kind: Outcome.Kind) -> SyslogSeverity {
    switch kind {
    case .accepted: accepted
    case .rejected: rejected
    case .failed: failed
    case .unknown: unknown
    case .undecided: undecided
    }
  }
}
