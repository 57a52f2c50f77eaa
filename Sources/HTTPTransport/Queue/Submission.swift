/// A request on its way from the task that sends it to the loop that carries it out.
struct Submission: Sendable {
  /// Names the request in one client; cancelling refers to it.
  let id: UInt64
  let request: PreparedRequest
  /// When `send` was called; timeouts and totals count from here.
  let began: ContinuousClock.Instant
  /// Takes the outcome.
  ///
  /// It must be resumed exactly once.
  let continuation: CheckedContinuation<Result<HTTPResponse, HTTPError>, Never>

  var deadline: ContinuousClock.Instant { began.advanced(by: request.timeout) }
}
