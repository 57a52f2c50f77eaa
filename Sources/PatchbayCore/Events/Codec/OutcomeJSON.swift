package import PatchbayJSON

/// Writes an event with what became of it as one JSON line, the form that `docs/events.md` describes.
public enum OutcomeJSON {
  /// Appends the event's own members and `outcome`, which is left out while nobody has judged it and no
  /// correlator has found anything about it.
  ///
  /// An attribute called `outcome`, as a replayed run's own lines have, is left out: whoever reads the line
  /// takes it for this run's.
  ///
  /// - Parameters:
  ///   - index: the event's position.
  ///   - batch: its batch.
  ///   - bytes: where the line goes, with its line feed.
  public static func write(_ index: Int, of batch: EventBatch, to bytes: inout [UInt8]) {
    var writer = EventWriter()
    write(index, of: batch, with: &writer, to: &bytes)
  }

  /// Like the other, with a writer that goes from event to event.
  package static func write(
    _ index: Int, of batch: borrowing EventBatch, hasLedger: Bool = false,
    with writer: inout EventWriter, to bytes: inout [UInt8]
  ) {
    let event = batch[index]
    let outcome = batch.outcome(at: index)
    let hasOutcome = outcome.kind != .undecided || !event.findings.isEmpty
    writer.write(event, of: batch, leavingOut: "outcome", to: &bytes)
    if hasOutcome {
      bytes.removeLast()
      if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
      bytes.append(#""outcome":{"#)
      append(outcome, event, of: batch, with: &writer, to: &bytes)
      if hasLedger {
        LedgerJSON.append(index, of: batch, after: "\"ledger\":", to: &bytes)
      }
      if bytes.last == UInt8(ascii: ",") { bytes.removeLast() }
      bytes.append("}}")
    }
    bytes.append(0x0A)
  }

  /// Appends the members of an outcome, each with a comma behind it.
  private static func append(
    _ outcome: Outcome, _ event: Event, of batch: borrowing EventBatch,
    with writer: inout EventWriter, to bytes: inout [UInt8]
  ) {
    if outcome.kind != .undecided {
      bytes.append(#""verdict":""#)
      bytes.append(outcome.kind.wireName)
      bytes.append(#"","#)
    }
    for member in findings(about: event, outcome, of: batch) {
      JSONWriter.append(member.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      JSONWriter.append(member.value, to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    if outcome.status > 0 {
      bytes.append(#""status":"#)
      bytes.append(decimal: Int64(outcome.status))
      bytes.append(UInt8(ascii: ","))
    }
    if outcome.attempts > 0 {
      bytes.append(#""attempts":"#)
      bytes.append(decimal: Int64(outcome.attempts))
      bytes.append(#","latency_ms":"#)
      outcome.timings.appendServiceMilliseconds(to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    if outcome.code != .missing {
      bytes.append(#""code":"#)
      writer.append(outcome.code, of: batch, to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    if !outcome.reason.isEmpty {
      bytes.append(#""reason":""#)
      JSONWriter.append(escaping: batch.bytes(outcome.reason), to: &bytes)
      bytes.append(#"","#)
    }
  }

  /// What is said about an event that something is the matter with: `found` and `forbidden_from` by
  /// correlators, and where it stood in its source's input; nothing about any other.
  package static func findings(
    about event: Event, _ outcome: Outcome, of batch: borrowing EventBatch
  ) -> [JSONValue.Member] {
    let wentWell = outcome.kind == .accepted || outcome.kind == .undecided
    if wentWell, event.findings.isEmpty { return [] }
    var members: [JSONValue.Member] = []
    if !event.findings.isEmpty {
      members.append(.init("found", .array(event.findings.names.map { .string($0) })))
    }
    if let origin = batch.forbiddenOrigin(of: event) {
      members.append(.init("forbidden_from", .string(origin)))
    }
    if let place = batch.place(of: event) {
      members += [.init("input", .string(place.input)), .init("line", .integer(place.line))]
    }
    return members
  }
}
