import Synchronization

/// An HTTP/1.1 client that keeps connections alive and reuses them.
///
/// It has threads of its own, one by default, which start with the first request. Requests of any number
/// of tasks run concurrently on them; what exceeds
/// ``HTTPClientConfiguration/maximumConnectionsPerHost`` waits its turn.
///
/// ```swift
/// let client = HTTPClient(HTTPClientConfiguration())
/// let response = try await client.send(HTTPRequest(url: "http://127.0.0.1:8080/health"))
/// await client.shutdown()
/// ```
///
/// A request is written at most once: the client neither follows redirects nor repeats
/// anything by itself. libcurl alone would send a request again if a reused connection closes
/// without an answer; here that is an ``HTTPError/Kind/dropped`` whose
/// ``HTTPError/mayHaveReachedServer`` is true. Connections that are seen to be closed before a
/// request is written are replaced without notice, since nothing was sent.
public final class HTTPClient: Sendable {
  private let configuration: HTTPClientConfiguration
  /// One for each thread.
  private let mailboxes: [Mailbox]
  private let lastMailbox = Atomic<Int>(0)
  /// The URL that was asked for last, split: most callers ask for the same one again and again.
  private let lastURL = Mutex<(text: String, url: HTTPURL)?>(nil)

  /// Makes a client.
  ///
  /// Nothing happens before the first request.
  ///
  /// - Parameter configuration: How to connect.
  public init(_ configuration: HTTPClientConfiguration = HTTPClientConfiguration()) {
    let connections = max(1, configuration.maximumConnectionsPerHost)
    let threads = min(max(1, configuration.threads), connections)
    self.configuration = configuration
    mailboxes = (0..<threads).map { number in
      // The first ones have what doesn't divide, as tasks that are divided in turn.
      Mailbox(connectionsPerHost: (connections + threads - 1 - number) / threads)
    }
  }

  deinit {
    // Without a shutdown the threads end by themselves. No request is under way, since `send`
    // holds the client.
    for mailbox in mailboxes { mailbox.stop(nil) }
  }

  /// Sends a request and waits for the whole response.
  ///
  /// If the task is cancelled, the request is given up at once and its connection closed. The
  /// server may nevertheless carry it out.
  ///
  /// - Parameter request: What to send, and how long to wait.
  /// - Returns: The response, whatever its status.
  /// - Throws: ``HTTPError`` if there is no complete response.
  public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let began = ContinuousClock.now
    let prepared = try PreparedRequest(
      request, to: url(request.url), userAgent: configuration.userAgent)
    let mailbox = mailboxOfTask()
    let id = mailbox.makeID()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        submit(
          Submission(id: id, request: prepared, began: began, continuation: continuation),
          to: mailbox)
      }
    } onCancel: {
      mailbox.cancel(id)
    }
    return try outcome.get()
  }

  /// What tasks run on that send many requests one after the other: the client's own threads.
  ///
  /// It saves waking one thread by another twice a request. What runs there holds up the thread's other
  /// requests, so it must neither block nor take long.
  public var taskExecutors: [any TaskExecutor] { mailboxes }

  /// Ends the client and waits until its thread has ended.
  ///
  /// Requests under way fail with ``HTTPError/Kind/closed``, and so do later ones. May be
  /// called more than once; each call waits. Doesn't heed cancellation: it takes no longer
  /// than closing the connections.
  public func shutdown() async {
    for mailbox in mailboxes { await withCheckedContinuation { mailbox.stop($0) } }
  }

  /// The mailbox of the thread that is to carry a request: the one that the task runs on, or any.
  private func mailboxOfTask() -> Mailbox {
    if mailboxes.count == 1 { return mailboxes[0] }
    let executor = withUnsafeCurrentTask { $0?.unownedTaskExecutor }
    return mailboxes.first { $0.asUnownedTaskExecutor() == executor }
      ?? mailboxes[lastMailbox.wrappingAdd(1, ordering: .relaxed).newValue & .max % mailboxes.count]
  }

  private func url(_ text: String) throws(HTTPError) -> HTTPURL {
    let known = lastURL.withLock { $0?.text == text ? $0?.url : nil }
    if let known { return known }
    let url = try HTTPURL(text)
    lastURL.withLock { $0 = (text, url) }
    return url
  }

  private func submit(_ submission: Submission, to mailbox: Mailbox) {
    let url = submission.request.url
    switch mailbox.submit(submission) {
    case .accepted: break
    case .acceptedAsFirst: LoopThread.start(mailbox, configuration)
    case .closed: submission.continuation.resume(returning: .failure(.closed(url)))
    case .cancelled: submission.continuation.resume(returning: .failure(.cancelled(url)))
    }
  }
}
