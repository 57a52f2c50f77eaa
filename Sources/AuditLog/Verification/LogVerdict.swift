package import PatchbayCore

/// What was found out about a log.
package struct LogVerdict: Sendable, Equatable {
  /// Something that a log must fulfil.
  package struct Check: Sendable, Equatable {
    package enum Result: String, Sendable {
      /// It does.
      case passed
      /// It was changed, or never was a log.
      case failed
      /// It isn't complete, which may have an innocent reason.
      case open
    }

    /// Its name, a word or two.
    package let name: String
    package let result: Result
    /// What was found, a sentence.
    package let detail: String
  }

  /// In the order in which they were looked at.
  package internal(set) var checks: [Check] = []
  /// The newest checkpoint; nil if there is none that can be read.
  package internal(set) var checkpoint: Checkpoint?
  /// Why the log can't be read at all; nil if it can.
  package internal(set) var unreadable: String?

  /// Whether nothing in it was changed and all of it is there.
  package var isValid: Bool { unreadable == nil && checks.allSatisfy { $0.result == .passed } }
  /// Whether something was changed.
  package var isTampered: Bool { checks.contains { $0.result == .failed } }

  /// 0 valid, 1 tampered with, 66 unreadable, 75 valid but not closed.
  package var exitCode: ExitCode {
    if unreadable != nil { return .unreadableInput }
    if isTampered { return .failure }
    return isValid ? .success : .incomplete
  }

  mutating func add(_ name: String, _ result: Check.Result, _ detail: String) {
    checks.append(Check(name: name, result: result, detail: detail))
  }
}
