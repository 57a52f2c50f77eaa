import HTTPTransport
public import PatchbayCore

extension Exchange {
  /// Judges an event that the request carried alone.
  ///
  /// - Parameters:
  ///   - index: the event's place in the batch.
  ///   - batch: the batch, of which nothing else is changed.
  public func judge(_ index: Int, of batch: inout EventBatch) {
    let outcome = outcome(kind, index, batch)
    let times = ledger.attempts
    if kind == .accepted { return batch.judge(index, outcome, attempts: times) }
    let (code, reason) = explanation()
    batch.judge(index, outcome, code: code, reason: reason, attempts: times)
  }

  /// Judges an event that the answer names as one that it didn't take, whatever became of the others.
  ///
  /// - Parameter words: what the answer says of it.
  package func refuse(_ index: Int, of batch: inout EventBatch, quoting words: String) {
    batch.judge(
      index, outcome(.failed, index, batch), code: "event.refused",
      reason: explanation(quoting: words).reason, attempts: ledger.attempts)
  }

  /// Judges an event of which a longer answer than is read may say that it wasn't taken.
  package func judgeUnread(_ index: Int, of batch: inout EventBatch) {
    batch.judge(
      index, outcome(.unknown, index, batch), code: "answer.unreadable",
      reason: "HTTP \(status): the answer is longer than what is read of one, and may name it",
      attempts: ledger.attempts)
  }

  /// Judges an event as accepted, since the answer names only others as refused.
  package func accept(_ index: Int, of batch: inout EventBatch) {
    batch.judge(index, outcome(.accepted, index, batch), attempts: ledger.attempts)
  }

  private func outcome(_ kind: Outcome.Kind, _ index: Int, _ batch: EventBatch) -> Outcome {
    var outcome = Outcome(
      kind, status: UInt16(clamping: status), attempts: UInt16(clamping: attempts))
    outcome.timings = ledger.timings(since: batch[index].intended)
    return outcome
  }

  /// Why the request wasn't accepted: a short code such as `http.503`, and a sentence with the answer's
  /// own words, made safe.
  ///
  /// - Parameter words: what the answer says; the beginning of its body if that isn't given.
  public func explanation(quoting words: String? = nil) -> (code: String, reason: String) {
    let said = words.map { OutsideText.shown($0) } ?? OutsideText.shown(ending.response?.body ?? [])
    let quotation = said.isEmpty ? "" : ": \(said)"
    return switch ending {
    case .success(let response), .refusal(let response):
      (
        "http.\(response.status)",
        "HTTP \(response.status)\(Self.destination(of: response))\(quotation)\(circumstances)"
      )
    case .noAnswer(let error): ("http.no_answer", "no answer: \(error)\(circumstances)")
    case .unsent(let reason): ("not_sent", reason)
    case .cancelled where attempts == 0: ("cancelled", "the run ended before it was sent")
    case .cancelled: ("cancelled", "the run ended before it was answered")
    }
  }

  /// Where a redirect points to, so that its address can be given instead.
  private static func destination(of response: HTTPResponse) -> String {
    guard (300...399).contains(response.status), let location = response.headers.first("Location")
    else { return "" }
    return " to \(OutsideText.shown(location)), and redirects aren't followed"
  }

  /// Why there was no further attempt, if that isn't because all were made in due form.
  private var circumstances: String {
    if wasCutShort { return "; the run ended before the next attempt" }
    guard let shortenedWait else { return "" }
    return "; Retry-After asked for \(shortenedWait.asked.optionText), of which \"longest_wait\" "
      + "allows \(shortenedWait.waited.optionText)"
  }
}
