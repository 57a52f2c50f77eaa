import PatchbayJSON

/// Writes an event with what became of it as one JSON line, the form that `docs/events.md` describes.
public enum OutcomeJSON {
  /// Appends the event's own members and `outcome`, which is left out while nobody has judged it and no
  /// state machine forbids it.
  ///
  /// An attribute called `outcome`, as a replayed run's own lines have, gives way to the new one.
  ///
  /// - Parameters:
  ///   - index: the event's position.
  ///   - batch: its batch.
  ///   - bytes: where the line goes, with its line feed.
  public static func write(_ index: Int, of batch: EventBatch, to bytes: inout [UInt8]) {
    let outcome = batch.outcome(at: index)
    let origin = batch.forbiddenOrigin(of: batch[index])
    let hasOutcome = outcome.kind != .undecided || origin != nil
    EventCodec.write(
      batch[index], of: batch, leavingOut: hasOutcome ? "outcome" : nil, to: &bytes)
    if hasOutcome {
      bytes.removeLast()
      if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: #""outcome":"#.utf8)
      JSONWriter.append(json(outcome, forbiddenFrom: origin, of: batch), to: &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(0x0A)
  }

  private static func json(
    _ outcome: Outcome, forbiddenFrom origin: String?, of batch: EventBatch
  ) -> JSONValue {
    var members: [JSONValue.Member] = []
    if outcome.kind != .undecided { members.append(.init("verdict", .string(outcome.kind.name))) }
    if let origin { members.append(.init("forbidden_from", .string(origin))) }
    if outcome.status > 0 { members.append(.init("status", .integer(Int(outcome.status)))) }
    if outcome.attempts > 0 {
      members.append(.init("attempts", .integer(Int(outcome.attempts))))
      members.append(.init("latency_ms", .number(outcome.timings.serviceMilliseconds)))
    }
    let code = batch.text(outcome.code)
    if !code.isEmpty { members.append(.init("code", .string(code))) }
    if !outcome.reason.isEmpty {
      members.append(.init("reason", .string(batch.text(outcome.reason))))
    }
    return .object(members)
  }
}
