import CLibcurl

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// The thread that a client's loop runs on.
///
/// It has what it needs and doesn't know the client.
final class LoopThread {
  /// Must happen once in a process, before all else; a static does.
  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  private let mailbox: Mailbox
  private let configuration: HTTPClientConfiguration

  private init(_ mailbox: Mailbox, _ configuration: HTTPClientConfiguration) {
    self.mailbox = mailbox
    self.configuration = configuration
  }

  /// Starts a thread that runs until the mailbox is stopped.
  ///
  /// If it can't be started, the requests in the mailbox fail.
  static func start(_ mailbox: Mailbox, _ configuration: HTTPClientConfiguration) {
    // The thread takes over this reference.
    let context = Unmanaged.passRetained(LoopThread(mailbox, configuration))
    let result = spawn(context.toOpaque())
    guard result == 0 else {
      context.release()
      let cause = strerror(result).map { String(cString: $0) } ?? "error \(result)"
      end(mailbox) { .notStarted($0, "no thread: \(cause)") }
      return
    }
  }

  /// The body of the thread.
  fileprivate func main() {
    leaveSignalsToOthers()
    let hasRun = Self.isLibraryReady && run()
    // The loop and libcurl's handles are freed by now, so this is the end.
    Self.end(mailbox) { hasRun ? .closed($0) : .notStarted($0, "libcurl can't be initialised") }
  }

  private func run() -> Bool {
    guard let loop = TransferLoop(mailbox, configuration) else { return false }
    loop.run()
    return true
  }

  private static func end(_ mailbox: Mailbox, _ error: (HTTPURL) -> HTTPError) {
    for case .add(let submission) in mailbox.end() {
      submission.continuation.resume(returning: .failure(error(submission.request.url)))
    }
  }

  /// Blocks the signals that are sent to the process, which other threads handle.
  ///
  /// SIGPIPE is among them: a TLS library may raise it on this very thread when it writes to a
  /// closed connection. Those that mean a crash stay.
  private func leaveSignalsToOthers() {
    var signals = sigset_t()
    sigfillset(&signals)
    for signal in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] {
      sigdelset(&signals, signal)
    }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  private static func spawn(_ context: UnsafeMutableRawPointer) -> Int32 {
    #if canImport(Darwin)
      var thread: pthread_t?
      let result = pthread_create(&thread, nil, { runThread($0) }, context)
      if result == 0, let thread { pthread_detach(thread) }
    #else
      var thread = pthread_t()
      let result = pthread_create(&thread, nil, { $0.flatMap { runThread($0) } }, context)
      if result == 0 { pthread_detach(thread) }
    #endif
    return result
  }
}

/// The thread's entry; it frees what ``LoopThread/start(_:_:)`` retained.
private func runThread(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  Unmanaged<LoopThread>.fromOpaque(context).takeRetainedValue().main()
  return nil
}
