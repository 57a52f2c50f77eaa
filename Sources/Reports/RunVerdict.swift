import PatchbayCore

/// How a run came out, in one word.
struct RunVerdict {
  let word: String
  /// What its exit code says.
  let reason: String
  let isGood: Bool

  init(_ report: RunReport) {
    let code = report.exitCode
    word =
      switch code {
      case .success: "passed"
      case .threshold, .failure, .configuration, .usage, .unreadableInput: "failed"
      case .interrupted: "interrupted"
      case .incomplete: "incomplete"
      }
    reason = code.meaning
    isGood = code == .success
  }
}
