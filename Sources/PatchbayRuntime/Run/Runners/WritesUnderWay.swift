import PatchbayCore
import Synchronization

/// Counts the writes whose result isn't settled, for the one task that begins them.
final class WritesUnderWay: Sendable {
  private struct State {
    var count = 0
    var waiting: (task: ParkedTask, most: Int)?
  }

  private let clock: any PipelineClock
  private let state = Mutex(State())

  init(clock: any PipelineClock) { self.clock = clock }

  var count: Int { state.withLock { $0.count } }

  func begin() { state.withLock { $0.count += 1 } }

  func end() {
    let waiting = state.withLock { state -> ParkedTask? in
      state.count -= 1
      guard let waiting = state.waiting, state.count <= waiting.most else { return nil }
      state.waiting = nil
      return waiting.task
    }
    waiting?.resume()
  }

  /// Waits until at most so many are under way.
  func waitForEnd(downTo most: Int) async {
    await clock.park { task in
      state.withLock { state in
        if state.count <= most { return false }
        state.waiting = (task, most)
        return true
      }
    }
  }
}
