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
    _ index: Int, of batch: borrowing EventBatch, with writer: inout EventWriter,
    to bytes: inout [UInt8]
  ) {
    let event = batch[index]
    let outcome = batch.outcome(at: index)
    let hasOutcome = outcome.kind != .undecided || !event.findings.isEmpty
    writer.write(event, of: batch, leavingOut: "outcome", to: &bytes)
    if hasOutcome {
      bytes.removeLast()
      if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: #""outcome":"#.utf8)
      JSONWriter.append(json(outcome, event, of: batch), to: &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(0x0A)
  }

  private static func json(
    _ outcome: Outcome, _ event: Event, of batch: borrowing EventBatch
  ) -> JSONValue {
    var members: [JSONValue.Member] = []
    if outcome.kind != .undecided { members.append(.init("verdict", .string(outcome.kind.name))) }
    members += findings(about: event, outcome, of: batch)
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

  /// What is said about an event that something is the matter with: `found` and `forbidden_from` by
  /// correlators, and where it stood in its source's input; nothing about any other.
  package static func findings(
    about event: Event, _ outcome: Outcome, of batch: borrowing EventBatch
  ) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    if !event.findings.isEmpty {
      members.append(.init("found", .array(event.findings.names.map { .string($0) })))
    }
    if let origin = batch.forbiddenOrigin(of: event) {
      members.append(.init("forbidden_from", .string(origin)))
    }
    let wentWell = outcome.kind == .accepted || outcome.kind == .undecided
    if !wentWell || !event.findings.isEmpty, let place = batch.place(of: event) {
      members += [.init("input", .string(place.input)), .init("line", .integer(place.line))]
    }
    return members
  }
}
