import HTTPTransport
package import PatchbayCore

extension Exchange {
  /// Judges an event that the request carried alone.
  package func judge(_ index: Int, of batch: inout EventBatch) {
    var outcome = Outcome(
      kind, status: UInt16(clamping: status), attempts: UInt16(clamping: attempts))
    outcome.timings = timings
    if let firstAttempt {
      outcome.timings.queue = max(0, firstAttempt.nanosecondsSince(batch[index].intended))
    }
    if kind == .accepted { return batch.judge(index, outcome) }
    let (code, reason) = explanation
    batch.judge(index, outcome, code: code, reason: reason)
  }

  /// Why the request wasn't accepted: a short code and a sentence.
  package var explanation: (code: String, reason: String) {
    switch ending {
    case .success(let response), .refusal(let response):
      ("http.\(response.status)", "HTTP \(response.status)")
    case .noAnswer(let error): ("http.no_answer", "no answer: \(error)")
    case .unsent(let reason): ("not_sent", reason)
    case .cancelled: ("cancelled", "the run was ended before it was answered")
    }
  }
}
