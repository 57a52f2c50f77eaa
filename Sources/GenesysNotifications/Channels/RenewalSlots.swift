import PatchbayCore
import Synchronization

/// Lets only so many channels be replaced at the same time, since old and new ones count together and the
/// platform takes the place of others for the 21st.
final class RenewalSlots: Sendable {
  private struct State {
    var free: Int
    var waiting: [ParkedTask] = []

    mutating func take() -> Bool {
      guard free > 0 else { return false }
      free -= 1
      return true
    }
  }

  private let clock: any PipelineClock
  private let state: Mutex<State>

  /// - Parameter channels: how many there are beside those that are being replaced.
  init(beside channels: Int, clock: any PipelineClock) {
    self.clock = clock
    state = Mutex(State(free: max(1, ChannelShare.platformLimit - channels)))
  }

  /// Waits for a slot; whoever gets one gives it back.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled; then it has none.
  func take() async throws {
    while !state.withLock({ $0.take() }) {
      try await clock.parkUnlessCancelled { task in
        state.withLock { state in
          if state.free > 0 { return false }
          state.waiting.append(task)
          return true
        }
      }
    }
  }

  /// Gives a slot back.
  func give() {
    let next = state.withLock { state -> [ParkedTask] in
      state.free += 1
      defer { state.waiting = [] }
      return state.waiting
    }
    next.resumeAll()
  }
}
