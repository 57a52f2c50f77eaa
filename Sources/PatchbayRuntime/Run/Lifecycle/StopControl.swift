package import PatchbayCore
import Synchronization

/// Asks a run to stop, from outside or from within.
///
/// A stop comes in three steps, each stronger than the one before. A drain ends the sources, and
/// everything inside goes its way. A cut ends what may take long: nothing more is sent, what was sent
/// is judged and recorded, and what wasn't is abandoned. An abort ends all that is left.
public final class StopControl: Sendable {
  /// One step of a stop.
  package enum Request: UInt8, Comparable, Sendable {
    case drain = 1
    case cut
    case abort

    package static func < (one: Request, other: Request) -> Bool { one.rawValue < other.rawValue }
  }

  private struct State {
    var request: Request?
    var ending = RunSummary.Ending.completed
    var lastListener = 0
    var listeners: [Int: AsyncStream<Request>.Continuation] = [:]

    /// Takes a request; who is to be told of it, nobody if as much was asked before.
    mutating func take(
      _ request: Request, _ ending: RunSummary.Ending?
    ) -> [AsyncStream<Request>.Continuation] {
      if let ending, self.ending == .completed || ending == .interrupted { self.ending = ending }
      if let present = self.request, present >= request { return [] }
      self.request = request
      return Array(listeners.values)
    }
  }

  private let state = Mutex(State())
  /// The request in force, for those who look often.
  private let present = Atomic<UInt8>(0)

  /// Makes a control; give it to `PipelineRun`.
  public init() {}

  /// A signal arrived: the first one stops the sources and drains, the second ends what may take
  /// long, the third ends everything.
  public func interrupt() {
    let next: Request =
      switch state.withLock({ $0.request }) {
      case nil: .drain
      case .drain: .cut
      case .cut, .abort: .abort
      }
    request(next, ending: .interrupted)
  }

  /// The program wants it to end: stops the sources and drains.
  public func stop() { request(.drain, ending: .stopped) }

  /// What ended the run.
  package var ending: RunSummary.Ending { state.withLock { $0.ending } }

  /// Whether at least that much was asked for.
  package func has(_ request: Request) -> Bool {
    present.load(ordering: .acquiring) >= request.rawValue
  }

  /// Asks for a step.
  ///
  /// - Parameter ending: what the report says ended the run; nil leaves that as it is.
  package func request(_ request: Request, ending: RunSummary.Ending? = nil) {
    let listeners = state.withLock { state in
      let listeners = state.take(request, ending)
      present.store(state.request?.rawValue ?? 0, ordering: .releasing)
      return listeners
    }
    for listener in listeners { listener.yield(request) }
  }

  /// Waits for a request at least that strong; false if the task is cancelled first.
  package func wait(for request: Request) async -> Bool {
    let (requests, continuation) = AsyncStream.makeStream(of: Request.self)
    let (id, present) = state.withLock { state in
      state.lastListener += 1
      state.listeners[state.lastListener] = continuation
      return (state.lastListener, state.request)
    }
    defer { _ = state.withLock { $0.listeners.removeValue(forKey: id) } }
    if let present, present >= request { return true }
    for await current in requests where current >= request { return true }
    return false
  }

  /// Runs work of the run, and cancels it when at least that much is asked for.
  package func cancelling<Result: Sendable>(
    at request: Request, on clock: any PipelineClock,
    _ body: @escaping @Sendable () async -> Result
  ) async -> Result {
    await withTaskGroup(of: Result?.self) { group in
      group.addTask(on: clock) { await body() }
      group.addWatcher(on: clock) { [self] in
        _ = await wait(for: request)
        return nil
      }
      var result: Result?
      while result == nil, let end = await group.next(on: clock) {
        result = end
        group.cancelAll()
      }
      await group.cancelRest(on: clock)
      // The work itself always comes to an end.
      guard let result else { preconditionFailure("a task group lost its task") }
      return result
    }
  }
}
