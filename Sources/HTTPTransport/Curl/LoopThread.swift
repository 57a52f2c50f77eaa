import CLibcurl
import Dispatch

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// The thread that a client's loop runs on; it doesn't know the client.
enum LoopThread {
  /// Must happen once in a process, before all else; a static does.
  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Starts a loop that runs until the mailbox is stopped.
  ///
  /// It may block: libdispatch gives a private serial queue a thread for as long as it is busy.
  static func start(_ mailbox: Mailbox, _ configuration: HTTPClientConfiguration) {
    DispatchQueue(label: "patchbay.http").async {
      ignoreBrokenConnections()
      let hasRun = isLibraryReady && run(mailbox, configuration)
      // The loop and libcurl's handles are freed by now, so this is the end.
      end(mailbox) { hasRun ? .closed($0) : .notStarted($0, "libcurl can't be initialised") }
    }
  }

  private static func run(_ mailbox: Mailbox, _ configuration: HTTPClientConfiguration) -> Bool {
    guard let loop = TransferLoop(mailbox, configuration) else { return false }
    loop.run()
    return true
  }

  private static func end(_ mailbox: Mailbox, _ error: (HTTPURL) -> HTTPError) {
    for command in mailbox.end() {
      switch command {
      case .add(let submission):
        submission.continuation.resume(returning: .failure(error(submission.request.url)))
      case .run(let job): mailbox.runElsewhere(job)
      case .cancel: break
      }
    }
  }

  /// Blocks SIGPIPE, which a TLS library may raise on this very thread when it writes to a closed
  /// connection.
  ///
  /// It stays blocked when the thread goes back to libdispatch, which itself blocks all other
  /// signals that are sent to a process: whoever gets the thread next sees EPIPE instead.
  private static func ignoreBrokenConnections() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
