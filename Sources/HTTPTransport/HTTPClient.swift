/// An HTTP/1.1 client that keeps connections alive and reuses them.
///
/// It has one thread, which starts with the first request. Requests of any number of tasks
/// run concurrently on it; what exceeds
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
  private let mailbox = Mailbox()

  /// Makes a client.
  ///
  /// Nothing happens before the first request.
  ///
  /// - Parameter configuration: How to connect.
  public init(_ configuration: HTTPClientConfiguration = HTTPClientConfiguration()) {
    self.configuration = configuration
  }

  deinit {
    // Without a shutdown the thread ends by itself. No request is under way, since `send`
    // holds the client.
    mailbox.stop(nil)
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
    let prepared = try PreparedRequest(request, userAgent: configuration.userAgent)
    let id = mailbox.makeID()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        submit(
          Submission(id: id, request: prepared, began: began, continuation: continuation))
      }
    } onCancel: {
      mailbox.cancel(id)
    }
    return try outcome.get()
  }

  /// Ends the client and waits until its thread has ended.
  ///
  /// Requests under way fail with ``HTTPError/Kind/closed``, and so do later ones. May be
  /// called more than once; each call waits. Doesn't heed cancellation: it takes no longer
  /// than closing the connections.
  public func shutdown() async {
    await withCheckedContinuation { mailbox.stop($0) }
  }

  private func submit(_ submission: Submission) {
    let url = submission.request.url
    switch mailbox.submit(submission) {
    case .accepted: break
    case .acceptedAsFirst: LoopThread.start(mailbox, configuration)
    case .closed: submission.continuation.resume(returning: .failure(.closed(url)))
    case .cancelled: submission.continuation.resume(returning: .failure(.cancelled(url)))
    }
  }
}
