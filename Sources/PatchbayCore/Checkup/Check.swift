/// One thing that was looked at before a run, and what was found.
public struct Check: Sendable, Equatable {
  /// What the finding means for a run.
  public enum Verdict: String, Sendable, CaseIterable {
    /// A run finds what it needs.
    case good
    /// A run may work; somebody should know of this.
    case doubtful
    /// A run will not work as things stand.
    case bad
    /// It couldn't be looked at, so nothing is known.
    case unchecked
  }

  /// What was looked at, in a word or two: `login`, `clock`.
  public var subject: String
  /// What it means for a run.
  public var verdict: Verdict
  /// What was found, in one sentence without a full stop.
  public var finding: String
  /// What to do about it; nil if there is nothing to do.
  public var cure: String?

  /// Makes a check.
  public init(_ subject: String, _ verdict: Verdict, _ finding: String, cure: String? = nil) {
    self.subject = subject
    self.verdict = verdict
    self.finding = finding
    self.cure = cure
  }

  /// A check that found all in order.
  public static func good(_ subject: String, _ finding: String) -> Check {
    Check(subject, .good, finding)
  }

  /// A check that found something to know of.
  public static func doubtful(_ subject: String, _ finding: String, cure: String) -> Check {
    Check(subject, .doubtful, finding, cure: cure)
  }

  /// A check that found why a run would fail.
  public static func bad(_ subject: String, _ finding: String, cure: String) -> Check {
    Check(subject, .bad, finding, cure: cure)
  }

  /// A check that couldn't be made, and why.
  public static func unchecked(_ subject: String, _ finding: String, cure: String? = nil) -> Check {
    Check(subject, .unchecked, finding, cure: cure)
  }
}
