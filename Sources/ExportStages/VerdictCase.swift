import PatchbayCore

/// What counts as a test case of a run.
enum CaseKind: String, OptionChoice {
  case thresholds
  case transitions
  case agents
  case interactions

  var doc: String {
    switch self {
    case .thresholds: "each threshold"
    case .transitions:
      "each transition of a state machine: one that it forbids failed, one that it allows and that never "
        + "happened was skipped"
    case .agents:
      "each agent of whom events came to the sink; the events that weren't accepted, or that a "
        + "correlator objects to, are its problems"
    case .interactions: "each interaction of which events came to the sink, likewise"
    }
  }
}

/// A test case of a run, and how it came out.
package struct VerdictCase: Sendable {
  enum Status: String, Sendable {
    case passed
    case failed
    case skipped
  }

  let kind: CaseKind
  var name: String
  var status: Status
  /// What went wrong, or why it was skipped, a line each.
  var problems: [String]
  /// From its first event to its last on the run's clock; nil where that says nothing.
  var nanoseconds: Int64?
}
