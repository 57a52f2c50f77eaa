import PatchbayCore
import Synchronization

/// Collects what failed during a run; the same sentence is kept once and counted.
package final class FailureLog: Sendable {
  private struct State {
    var order: [String] = []
    var counts: [String: Int] = [:]
    var inputWasUnreadable = false
  }

  private let state = Mutex(State())

  package init() {}

  /// Notes a failure of a stage.
  package func add(_ stage: String, _ message: String) {
    let line = "\(stage): \(message)"
    state.withLock { state in
      if state.counts[line] == nil { state.order.append(line) }
      state.counts[line, default: 0] += 1
    }
  }

  /// Notes an error of a stage.
  package func add(_ stage: String, _ error: any Error) {
    if error is UnreadableInput { state.withLock { $0.inputWasUnreadable = true } }
    add(stage, "\(error)")
  }

  package var inputWasUnreadable: Bool { state.withLock { $0.inputWasUnreadable } }

  /// The sentences in the order they first came, with how often if more than once.
  package var lines: [String] {
    state.withLock { state in
      state.order.map { line in
        let count = state.counts[line] ?? 1
        return count > 1 ? "\(line) (\(count) times)" : line
      }
    }
  }
}
