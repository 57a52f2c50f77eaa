public import HTTPTransport

/// Decides when an attempt may be made, and learns what came of it; for whoever shares a target's
/// limits among senders.
///
/// Several tasks call it at the same time. ``RateGovernor`` makes gates for targets that count requests.
public protocol AttemptGate: Sendable {
  /// Takes what came of the attempt that was admitted: the response, of whatever status, or why there is
  /// none.
  typealias Note = @Sendable (Result<HTTPResponse, HTTPError>) -> Void

  /// Waits until the request may be sent; called before each attempt, by the task that sends it.
  ///
  /// The time counts as waiting for a rate limit.
  ///
  /// - Returns: whom to tell what came of the attempt; called exactly once, also if it isn't made after
  ///   all.
  /// - Throws: `CancellationError` as soon as the task is cancelled; any other error ends the
  ///   request as not sent, with its description as the reason.
  func admit(_ request: HTTPRequest) async throws -> Note
}
