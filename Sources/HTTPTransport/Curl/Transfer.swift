/// One request while the loop has it: what happens to it, and who waits for its outcome.
///
/// Belongs to the loop's thread.
final class Transfer {
  let submission: Submission

  /// Whether it counts among the requests under way for its host; if not, it waits in line.
  var hasSlot = false

  /// What carries it out; nil before its turn.
  var handle: EasyHandle?

  /// What has arrived.
  var response: ResponseCollector

  /// Whether the server asked for a client certificate, and there is none to show.
  var isAskedForCertificate = false

  /// Whether libcurl wanted to write the request a second time and was not allowed to.
  private(set) var isResendRefused = false

  /// Whether the writing has begun and not ended; libcurl asks often.
  private var isWriting = false
  private var writingBegan: ContinuousClock.Instant?
  private var writingEnded: ContinuousClock.Instant?
  private var isOnReusedConnection = false

  init(_ submission: Submission) {
    self.submission = submission
    response = ResponseCollector(maximumBodyBytes: submission.request.maximumResponseBytes)
  }

  var id: UInt64 { submission.id }
  var request: PreparedRequest { submission.request }

  /// Whether a connection was ready, so that bytes of the request may have been written.
  var hasBegunWriting: Bool { writingBegan != nil }

  /// Decides whether libcurl writes the request now, on a connection that is ready.
  ///
  /// libcurl asks before each attempt, and it makes several of its own accord: if a reused
  /// connection closes before the first byte of an answer, it sends the whole request again on
  /// a new one (up to five times, whatever the method), because most likely the server closed
  /// an idle connection. But the server may as well have acted on the request and died. So it
  /// gets one attempt; whether to make another is for the caller, who is told.
  ///
  /// It would also repeat a request whose `Expect: 100-continue` is answered with 417, without
  /// end, since the header is still there. That 417 becomes the response instead.
  func mayWrite() -> Bool {
    guard !hasBegunWriting else {
      isResendRefused = true
      return false
    }
    writingBegan = .now
    isWriting = true
    isOnReusedConnection = handle?.hasOpenedConnection == false
    return true
  }

  /// Notes when the last byte of the request is written.
  ///
  /// libcurl reports after each step.
  func noteProgress(bodyBytesSent: Int) {
    guard isWriting, bodyBytesSent >= request.body.count else { return }
    isWriting = false
    writingEnded = .now
  }

  /// How long everything took, if it ends now.
  func timings(now: ContinuousClock.Instant) -> HTTPTimings {
    var timings = HTTPTimings(
      total: now - submission.began, reusedConnection: isOnReusedConnection)
    // After a second attempt, libcurl's times are those of its connection.
    if let handle, !isOnReusedConnection, !isResendRefused {
      let times = handle.connectionTimes(to: request.url)
      timings.nameLookup = times.nameLookup
      timings.connect = times.connect
      timings.tls = times.tls
    }
    if let writingBegan, let writingEnded { timings.send = writingEnded - writingBegan }
    if let began = response.began, response.hasFinalHead {
      if let writingEnded, writingEnded <= began { timings.wait = began - writingEnded }
      timings.receive = now - began
    }
    return timings
  }
}
