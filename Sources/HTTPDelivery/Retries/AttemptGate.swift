public import HTTPTransport

/// Decides when an attempt may be made, and learns what came of it; for whoever shares a target's
/// limits among senders.
///
/// Several tasks call it at the same time.
public protocol AttemptGate: Sendable {
  /// Waits until the request may be sent; called before each attempt, by the task that sends it.
  ///
  /// Every attempt that is admitted is made, and then noted once. The time counts as waiting for a
  /// rate limit.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled; any other error ends the
  ///   request as not sent, with its description as the reason.
  func admit(_ request: HTTPRequest) async throws

  /// Takes note of an attempt that was admitted.
  ///
  /// - Parameters:
  ///   - result: the response, of whatever status, or why there is none.
  ///   - request: what was sent.
  ///   - duration: how long the attempt took, in real time.
  func note(
    _ result: Result<HTTPResponse, HTTPError>, of request: HTTPRequest, after duration: Duration)
}
