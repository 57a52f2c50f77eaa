import PatchbayCore
import Synchronization

/// Asks a run to stop, from outside or from within.
public final class StopControl: Sendable {
  /// How a run is asked to stop.
  enum Request: Comparable, Sendable {
    /// Stop the sources and drain.
    case gracefully
    /// Stop everything.
    case now
  }

  private struct State {
    var request: Request?
    var ending = RunSummary.Ending.completed
    var listeners: [AsyncStream<Request>.Continuation] = []
  }

  private let state = Mutex(State())

  /// Makes a control; give it to `PipelineRun`.
  public init() {}

  /// A signal arrived: the first one stops the sources and drains, the second ends everything.
  public func interrupt() {
    let isFirst = state.withLock { $0.request == nil }
    request(isFirst ? .gracefully : .now, ending: .interrupted)
  }

  /// The program wants it to end: stops the sources and drains.
  public func stop() { request(.gracefully, ending: .stopped) }

  /// What ended the run.
  var ending: RunSummary.Ending { state.withLock { $0.ending } }

  func request(_ request: Request, ending: RunSummary.Ending? = nil) {
    let listeners = state.withLock { state in
      if state.request.map({ $0 >= request }) ?? false {
        return [AsyncStream<Request>.Continuation]()
      }
      state.request = request
      if let ending, state.ending == .completed || ending == .interrupted { state.ending = ending }
      return state.listeners
    }
    for listener in listeners { listener.yield(request) }
  }

  /// Every request from now on, after the one that is in force.
  func requests() -> AsyncStream<Request> {
    let (stream, continuation) = AsyncStream.makeStream(of: Request.self)
    let current = state.withLock { state in
      state.listeners.append(continuation)
      return state.request
    }
    if let current { continuation.yield(current) }
    return stream
  }

  /// Waits for a request at least that strong; false if the task is cancelled first.
  func wait(for request: Request) async -> Bool {
    for await current in requests() where current >= request { return true }
    return false
  }
}
