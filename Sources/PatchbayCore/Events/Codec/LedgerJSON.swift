import PatchbayJSON

/// Writes where an event's time went, to the nanosecond: the form that `docs/latency.md` describes.
package enum LedgerJSON {
  /// Appends an object with the parts of the time and its attempts, members in the order of RFC 8785;
  /// nothing for an event that was never sent.
  ///
  /// - Parameter prefix: what comes before it, such as `"ledger":` with a comma.
  package static func append(
    _ index: Int, of batch: borrowing EventBatch, after prefix: StaticString,
    to bytes: inout [UInt8]
  ) {
    let outcome = batch.outcome(at: index)
    guard outcome.attempts > 0 else { return }
    let timings = outcome.timings
    bytes.append(prefix)
    bytes.append("{\"attempts\":[")
    for attempt in batch.attemptTimes(of: index) { append(attempt, of: batch, to: &bytes) }
    if bytes.last == UInt8(ascii: ",") { bytes.removeLast() }
    bytes.append("]")
    append(",\"backoff_ns\":", timings.backoff, to: &bytes)
    append(",\"own_ns\":", timings.own, to: &bytes)
    append(",\"queue_ns\":", timings.queue, to: &bytes)
    append(",\"rate_limit_ns\":", timings.rateLimit, to: &bytes)
    append(",\"token_ns\":", timings.token, to: &bytes)
    append(",\"total_ns\":", timings.response, to: &bytes)
    append(",\"wire_ns\":", timings.wire, to: &bytes)
    bytes.append("}")
  }

  private static func append(
    _ attempt: AttemptTimes, of batch: borrowing EventBatch, to bytes: inout [UInt8]
  ) {
    append("{\"between_ns\":", attempt.between, to: &bytes)
    if let time = attempt[.connect] { append(",\"connect_ns\":", time, to: &bytes) }
    if attempt.endpoint != .missing {
      bytes.append(",\"endpoint\":")
      JSONWriter.append(batch.text(attempt.endpoint), to: &bytes)
    }
    if let time = attempt[.firstByte] { append(",\"first_byte_ns\":", time, to: &bytes) }
    if let time = attempt[.lastByte] { append(",\"last_byte_ns\":", time, to: &bytes) }
    if let time = attempt[.nameLookup] { append(",\"name_lookup_ns\":", time, to: &bytes) }
    if let time = attempt[.send] { append(",\"send_ns\":", time, to: &bytes) }
    if attempt.status > 0 { append(",\"status\":", Int64(attempt.status), to: &bytes) }
    if let time = attempt[.tls] { append(",\"tls_ns\":", time, to: &bytes) }
    append(",\"total_ns\":", attempt.total, to: &bytes)
    bytes.append("},")
  }

  private static func append(_ name: StaticString, _ number: Int64, to bytes: inout [UInt8]) {
    bytes.append(name)
    bytes.append(decimal: number)
  }
}
