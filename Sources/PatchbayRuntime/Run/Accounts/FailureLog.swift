import PatchbayCore
import Synchronization

/// Collects what failed during a run; the same sentence is kept once and counted.
///
/// Reasons come from outside, so there may be millions of different ones: of one stage and one kind a
/// few are kept, the others are counted together.
package final class FailureLog: Sendable {
  /// How many different sentences of one stage and one kind are kept.
  package static let mostOfAKind = 20

  /// What failures of one stage have in common.
  private struct Kind: Hashable {
    let stage: String
    let summary: String

    var text: String { summary.isEmpty ? stage : "\(stage): \(summary)" }
  }

  private struct Entry {
    let line: String
    var count = 1
  }

  private struct State {
    var kinds: [Kind] = []
    var entries: [Kind: [Entry]] = [:]
    var others: [Kind: Int] = [:]
    var inputWasUnreadable = false

    mutating func add(_ kind: Kind, _ detail: String) {
      let line = "\(kind.text): \(detail)"
      if entries[kind] == nil { kinds.append(kind) }
      if let index = entries[kind]?.firstIndex(where: { $0.line == line }) {
        entries[kind]?[index].count += 1
      } else if entries[kind, default: []].count < FailureLog.mostOfAKind {
        entries[kind, default: []].append(Entry(line: line))
      } else {
        others[kind, default: 0] += 1
      }
    }
  }

  private let state = Mutex(State())

  package init() {}

  /// Notes a failure of a stage.
  ///
  /// - Parameters:
  ///   - stage: its path, such as `sinks.audit`.
  ///   - summary: what failed, in words that the program chose.
  ///   - detail: why, in whoever's words.
  package func add(_ stage: String, _ summary: String, _ detail: String) {
    state.withLock { $0.add(Kind(stage: stage, summary: summary), detail) }
  }

  /// Notes a failure of a stage.
  package func add(_ stage: String, _ message: String) { add(stage, "", message) }

  /// Notes an error of a stage.
  package func add(_ stage: String, _ error: any Error) {
    if error is UnreadableInput { state.withLock { $0.inputWasUnreadable = true } }
    add(stage, "\(error)")
  }

  package var inputWasUnreadable: Bool { state.withLock { $0.inputWasUnreadable } }

  /// The sentences by stage and kind in the order in which those first came, with how often if more
  /// than once.
  package var lines: [String] {
    state.withLock { state in
      state.kinds.flatMap { kind in
        let lines = (state.entries[kind] ?? []).map { entry in
          entry.count > 1 ? "\(entry.line) (\(entry.count) times)" : entry.line
        }
        guard let others = state.others[kind] else { return lines }
        return lines + ["\(kind.text): \(others) more, for other reasons"]
      }
    }
  }
}
