import PatchbayCore
import PatchbayJSON

/// Writes dead letters.
struct DeadLetterWriter: Sendable {
  private let head: [UInt8]
  private var events = EventWriter()

  init(_ run: RunIdentity) {
    var members: [JSONValue.Member] = [
      .init("v", 1), .init("run_id", .string(run.id.description)),
      .init("run_key", .string(run.key.description)), .init("pipeline", .string(run.pipeline)),
    ]
    if let hash = run.configurationHash { members.append(.init("config_sha256", .string(hash))) }
    head = Array(JSONValue.object(members).text().utf8.dropLast())
  }

  /// Appends the letter of an event, with its line feed.
  mutating func append(
    _ index: Int, of batch: borrowing EventBatch, at time: Timestamp, to bytes: inout [UInt8]
  ) {
    let event = batch[index]
    let outcome = batch.outcome(at: index)
    var members: [JSONValue.Member] = [
      .init("dead_at", .string(time.description)), .init("outcome", .string(outcome.kind.name)),
    ]
    if outcome.code != .missing { members.append(.init("code", .string(batch.text(outcome.code)))) }
    if !outcome.reason.isEmpty {
      members.append(.init("reason", .string(batch.text(outcome.reason))))
    }
    if outcome.status > 0 { members.append(.init("status", .integer(Int(outcome.status)))) }
    members.append(.init("attempts", .integer(Int(outcome.attempts))))
    if outcome.attempts > 0 {
      let timings = outcome.timings
      for (name, part) in [
        ("queue_ms", timings.queue), ("rate_limit_ms", timings.rateLimit),
        ("token_ms", timings.token), ("backoff_ms", timings.backoff), ("own_ms", timings.own),
        ("wire_ms", timings.wire),
      ] {
        members.append(.init(name, .number(Double(part / 1_000) / 1_000)))
      }
    }
    if let place = batch.place(of: event) {
      members += [.init("input", .string(place.input)), .init("line", .integer(place.line))]
    }
    bytes += head
    bytes.append(UInt8(ascii: ","))
    bytes += JSONValue.object(members).text().utf8.dropFirst().dropLast()
    bytes += Array(",\"event\":".utf8)
    events.write(event, of: batch, to: &bytes)
    bytes += Array("}\n".utf8)
  }
}
