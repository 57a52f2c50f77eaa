import PatchbayCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A thread for calls that block, so that they don't hold up Swift's own threads.
///
/// It carries out one piece of work after another, and ends with its last reference.
final class WorkThread: Sendable {
  private let line = WorkLine()

  /// Starts the thread.
  ///
  /// - Throws: `PipelineError` if the system has none left.
  init() throws {
    // The thread takes over this reference.
    let context = Unmanaged.passRetained(line)
    let code = Self.spawn(context.toOpaque())
    if code != 0 {
      context.release()
      throw PipelineError("can't start a thread: \(SystemCode.text(code))")
    }
  }

  deinit { line.end() }

  /// Carries out blocking work.
  ///
  /// - Parameter work: gets a flag that is set when the calling task is cancelled.
  func run<Value: Sendable>(
    _ work: @escaping @Sendable (StopFlag) throws -> Value
  ) async throws -> Value {
    let stop = StopFlag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        line.add { continuation.resume(with: Result { try work(stop) }) }
      }
    } onCancel: {
      stop.set()
    }
  }

  private static func spawn(_ context: UnsafeMutableRawPointer) -> Int32 {
    #if canImport(Darwin)
      var thread: pthread_t?
      let code = pthread_create(&thread, nil, { runThread($0) }, context)
      if code == 0, let thread { pthread_detach(thread) }
    #else
      var thread = pthread_t()
      let code = pthread_create(&thread, nil, { $0.flatMap { runThread($0) } }, context)
      if code == 0 { pthread_detach(thread) }
    #endif
    return code
  }
}

/// The thread's entry; it frees what `WorkThread.init` retained.
///
/// Signals that are sent to the process are left to other threads. SIGPIPE is among those blocked: a
/// TLS library may raise it on this very thread when it writes to a closed connection.
private func runThread(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  var signals = sigset_t()
  sigfillset(&signals)
  for signal in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] {
    sigdelset(&signals, signal)
  }
  pthread_sigmask(SIG_BLOCK, &signals, nil)
  Unmanaged<WorkLine>.fromOpaque(context).takeRetainedValue().run()
  return nil
}
