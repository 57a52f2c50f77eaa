import Dispatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Carries out calls that block, one after another, so that they don't hold up Swift's own threads.
///
/// libdispatch gives a private serial queue a thread for as long as it is busy.
final class WorkLane: Sendable {
  private let queue = DispatchQueue(label: "patchbay.syslog")

  /// Carries out blocking work.
  ///
  /// - Parameter work: gets a flag that is set when the calling task is cancelled.
  func run<Value: Sendable>(
    _ work: @escaping @Sendable (StopFlag) throws -> Value
  ) async throws -> Value {
    let stop = StopFlag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        queue.async {
          Self.ignoreBrokenConnections()
          continuation.resume(with: Result { try work(stop) })
        }
      }
    } onCancel: {
      stop.set()
    }
  }

  /// Blocks SIGPIPE, which a TLS library may raise on this very thread when it writes to a closed
  /// connection.
  ///
  /// libdispatch blocks all other signals that are sent to a process. This one stays blocked when it
  /// has the thread back: whoever gets it next sees EPIPE instead.
  private static func ignoreBrokenConnections() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
