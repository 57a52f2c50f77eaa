import PatchbayCore
import Synchronization

/// How long a spool's sink is tried: for as long as the run goes on, and then for as long as it takes something.
///
/// While events still come, a sink that fails is tried again and again, with pauses of up to half a minute.
/// When nothing more comes, a few times in a row, and not again for what is behind: it waits for the next run.
final class SpoolPatience: Sendable {
  /// How often a sink that takes nothing is tried at the end.
  private static let lastTries = 4
  private static let firstPause = Duration.milliseconds(100)
  private static let longestPause = Duration.seconds(30)

  private struct State {
    var isEnding = false
    var isOver = false
    /// Tries without success since the end began.
    var failures = 0
    /// How often the sink has taken something.
    var progress = 0
    var problem: String?
    var sleepers: [ParkedTask] = []

    mutating func takeSleepers() -> [ParkedTask] {
      defer { sleepers = [] }
      return sleepers
    }
  }

  private let clock: any PipelineClock
  private let state = Mutex(State())

  init(clock: any PipelineClock) { self.clock = clock }

  /// Whether the sink isn't tried any more.
  var isOver: Bool { state.withLock { $0.isOver } }
  /// How often the sink has taken something.
  var progress: Int { state.withLock { $0.progress } }
  /// What the sink failed by the last time, if nothing was taken since.
  var problem: String? { state.withLock { $0.problem } }

  /// Nothing more comes.
  func beginEnd() {
    state.withLock { state in
      state.isEnding = true
      return state.takeSleepers()
    }.resumeAll()
  }

  /// The sink isn't to be tried any more.
  ///
  /// - Parameter problem: why, unless that is known.
  func giveUp(_ problem: String) {
    state.withLock { state in
      state.isOver = true
      state.problem = state.problem ?? problem
      return state.takeSleepers()
    }.resumeAll()
  }

  /// Something keeps what waits from being delivered.
  func note(_ problem: String) { state.withLock { $0.problem = problem } }

  /// The sink has taken something.
  func noteSuccess() {
    state.withLock { state in
      state.progress += 1
      state.failures = 0
      state.problem = nil
    }
  }

  /// Waits after a failure, on the run's clock.
  ///
  /// - Parameters:
  ///   - number: how often the same has been tried.
  ///   - problem: what it failed by.
  /// - Returns: whether to try again.
  func mayTryAgain(after number: Int, _ problem: String) async -> Bool {
    let doublings = state.withLock { state -> Int? in
      if state.isOver { return nil }
      state.problem = problem
      if state.isEnding { state.failures += 1 }
      if state.failures >= Self.lastTries { state.isOver = true }
      if state.isOver { return nil }
      return min(10, (state.isEnding ? state.failures : number) - 1)
    }
    guard let doublings else { return false }
    let pause = min(Self.longestPause, Self.firstPause * (1 << doublings))
    await sleep(until: clock.now.advanced(by: pause))
    return !isOver
  }

  /// Sleeps; less long if the end begins meanwhile.
  private func sleep(until deadline: Timestamp) async {
    let wasEnding = state.withLock { $0.isEnding }
    await clock.park(until: deadline) { task in
      state.withLock { state in
        if state.isOver || state.isEnding != wasEnding { return false }
        state.sleepers.append(task)
        return true
      }
    }
  }
}
