import Dispatch
import Synchronization

/// A thread for calls that block: reading, writing, opening, waiting for a child.
///
/// Such calls must not run on Swift's own threads, of which there are as few as processors. A private
/// serial queue gets a thread of its own from the system while it has something to do. Calls of one
/// lane come one after the other, in the order in which they were asked for.
public final class BlockingLane: Sendable {
  /// Whether calls that don't take long run where they are made, for runs that must come out the same
  /// each time: a word between two threads comes when it likes.
  @TaskLocal package static var isInline = false

  private let queue: DispatchQueue

  /// Makes a lane.
  ///
  /// - Parameter label: what debuggers call its thread, such as `patchbay.file`.
  public init(_ label: String) {
    queue = DispatchQueue(label: label)
  }

  /// Begins a call and doesn't wait for it.
  public func begin(_ body: @escaping @Sendable () -> Void) {
    if Self.isInline { body() } else { queue.async { body() } }
  }

  /// Runs a call and waits for its end, whatever happens to the task.
  ///
  /// For calls that don't take long, such as writing to a regular file, whose effect must be known.
  public func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    if Self.isInline { return try body() }
    let call = Call(body)
    return try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: call.result()) }
    }
  }

  /// Runs a call that may never end, such as reading from a terminal or writing to a full pipe.
  ///
  /// A cancelled task doesn't wait for it any longer. The call itself can't be ended: it keeps the
  /// lane until it returns, and what it returns then is dropped.
  ///
  /// - Throws: whatever the call throws, or `CancellationError` as soon as the task is cancelled.
  public func runUnlessCancelled<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try Task.checkCancellation()
    let wait = Wait<Value>()
    let call = Call(body)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guard wait.begin(continuation) else { return }
        queue.async { wait.end(call.result()) }
      }
    } onCancel: {
      wait.end(.failure(CancellationError()))
    }
  }

  /// What is called, once; the lane lets go of it before whoever waits goes on, so that a file of which
  /// somebody has dropped the last reference is closed by then.
  private final class Call<Value: Sendable>: Sendable {
    private let body: Mutex<(@Sendable () throws -> Value)?>

    init(_ body: @escaping @Sendable () throws -> Value) { self.body = Mutex(body) }

    func result() -> Result<Value, any Error> {
      let body = body.withLock { $0.take() }
      guard let body else { return .failure(CancellationError()) }
      return Result(catching: body)
    }
  }

  /// One task that waits for a call; it goes on once.
  private final class Wait<Value: Sendable>: Sendable {
    private enum State {
      /// Next: `waiting` or `over`.
      case arriving
      /// Next: `over`.
      case waiting(CheckedContinuation<Value, any Error>)
      /// The end.
      case over
    }

    private let state = Mutex(State.arriving)

    /// Begins to wait; false if the task was cancelled before, and goes on at once.
    func begin(_ continuation: CheckedContinuation<Value, any Error>) -> Bool {
      let isOver = state.withLock { state in
        if case .over = state { return true }
        state = .waiting(continuation)
        return false
      }
      if isOver { continuation.resume(throwing: CancellationError()) }
      return !isOver
    }

    func end(_ result: Result<Value, any Error>) {
      let continuation = state.withLock { state -> CheckedContinuation<Value, any Error>? in
        defer { state = .over }
        if case .waiting(let continuation) = state { return continuation }
        return nil
      }
      continuation?.resume(with: result)
    }
  }
}
