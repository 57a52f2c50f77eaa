import Synchronization

/// What has to be done even when the process ends without waiting for its stages.
///
/// A stage that keeps something outside the process, such as a child, lets go of it when it is closed.
/// A process that is ended by force doesn't close its stages; whoever ends it so calls `act()` first, as
/// the `patchbay` program does at a third signal, or when a run doesn't end within a second of the
/// second one.
public enum SuddenEnd {
  private struct State {
    var last = 0
    var actions: [Int: @Sendable () -> Void] = [:]
  }

  private static let state = Mutex(State())

  /// Does something, and keeps what has to be done if the process ends meanwhile.
  ///
  /// - Parameters:
  ///   - action: what has to be done; must not block, and is called on any thread.
  ///   - body: what is done.
  public static func guarding<Result>(
    _ action: @escaping @Sendable () -> Void, while body: () async throws -> Result
  ) async rethrows -> Result {
    let id = state.withLock { state in
      state.last += 1
      state.actions[state.last] = action
      return state.last
    }
    defer { _ = state.withLock { $0.actions.removeValue(forKey: id) } }
    return try await body()
  }

  /// Does what has to be done; to be called right before the process is ended by force.
  public static func act() {
    for action in state.withLock({ Array($0.actions.values) }) { action() }
  }
}
