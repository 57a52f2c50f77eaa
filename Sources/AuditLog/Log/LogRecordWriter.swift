import Crypto
import PatchbayCore
import PatchbayJSON

/// Writes the records of a log: one canonical JSON object (RFC 8785) a line.
///
/// The members of an event's record are written in the order that the canonical form demands, so that
/// nothing has to be sorted.
struct LogRecordWriter: Sendable {
  /// The form of the records.
  static let version = 1

  /// The longest record, in bytes: a leaf has room for it also when every secret of six bytes in it gives way
  /// to a mask of eight.
  private static let longest = EntryBundle.longest / 4 * 3

  private let runID: [UInt8]
  private var rules: AttributeRules
  private let hasLedger: Bool
  private var events = EventWriter()
  private var plain = CanonicalScan()
  /// The number of the next record.
  private(set) var next = 0
  private var lastTime = Timestamp(nanoseconds: .min)
  private var loggedAt: [UInt8] = []

  /// - Parameters:
  ///   - runID: the run that all records are of.
  ///   - rules: what becomes of attributes.
  ///   - hasLedger: whether records say where their events' time went.
  ///   - recovery: what the log held already.
  init(runID: String, rules: AttributeRules, hasLedger: Bool, behind recovery: LogRecovery? = nil) {
    self.hasLedger = hasLedger
    self.runID = Array(runID.utf8)
    self.rules = rules
    next = recovery?.records ?? 0
    if let time = recovery?.lastTime { advance(to: time) }
  }

  /// Goes on to a time; one that is earlier than the last is taken for that.
  mutating func advance(to time: Timestamp) {
    if time <= lastTime { return }
    lastTime = time
    loggedAt = Array(time.description.utf8)
  }

  /// Appends a record about the log itself.
  ///
  /// - Parameters:
  ///   - type: what happened, such as `log.open`.
  ///   - members: what is said about it.
  mutating func append(
    _ type: String, _ members: [JSONValue.Member], to bytes: inout [UInt8]
  ) {
    let own: [JSONValue.Member] = [
      .init("logged_at", .string(String(decoding: loggedAt, as: UTF8.self))),
      .init("run_id", .string(String(decoding: runID, as: UTF8.self))),
      .init("seq", .integer(next)), .init("type", .string(type)),
      .init("v", .integer(Self.version)),
    ]
    bytes += JSONValue.object(own + members).canonical()
    bytes.append(0x0A)
    next += 1
  }

  /// Takes back the numbers of records that couldn't be written.
  mutating func withdraw(_ count: Int) { next -= count }

  /// Appends the record of an event.
  mutating func append(_ index: Int, of batch: borrowing EventBatch, to bytes: inout [UInt8]) {
    let start = bytes.count
    write(index, of: batch, hasAttributes: true, to: &bytes)
    if bytes.count - start > Self.longest {
      // A leaf of the tree has no room for it: the hash of its attributes stands for them.
      bytes.removeLast(bytes.count - start)
      write(index, of: batch, hasAttributes: false, to: &bytes)
    }
    bytes.append(0x0A)
    next += 1
  }

  private mutating func write(
    _ index: Int, of batch: borrowing EventBatch, hasAttributes: Bool, to bytes: inout [UInt8]
  ) {
    let event = batch[index]
    let outcome = batch.outcome(at: index)
    bytes.append("{\"agent_id\":")
    appendID(event.agent, of: batch, to: &bytes)
    if outcome.attempts > 0 {
      bytes.append(",\"attempts\":")
      bytes.append(decimal: Int64(outcome.attempts))
    }
    appendAttributes(event, of: batch, whole: hasAttributes, to: &bytes)
    if outcome.attempts > 0 { append(",\"backoff_ms\":", outcome.timings.backoff, to: &bytes) }
    if outcome.code != .missing {
      bytes.append(",\"code\":")
      events.append(outcome.code, of: batch, to: &bytes)
    }
    if event.has(.eventType) {
      bytes.append(",\"event_type\":")
      events.append(event.type, of: batch, to: &bytes)
    }
    // `forbidden_from`, `found` and `input`, then `line` at its place.
    let findings = OutcomeJSON.findings(about: event, outcome, of: batch)
      .sorted { $0.name < $1.name }
    for member in findings where member.name != "line" { append(member, to: &bytes) }
    bytes.append(",\"interaction_id\":")
    appendID(event.interaction, of: batch, to: &bytes)
    if outcome.attempts > 0 { append(",\"latency_ms\":", outcome.timings.service, to: &bytes) }
    if hasLedger { LedgerJSON.append(index, of: batch, after: ",\"ledger\":", to: &bytes) }
    for member in findings where member.name == "line" { append(member, to: &bytes) }
    bytes.append(",\"logged_at\":\"")
    bytes.append(contentsOf: loggedAt)
    bytes.append("\",\"outcome\":\"")
    bytes.append(outcome.kind.wireName)
    bytes.append("\"")
    if outcome.attempts > 0 {
      append(",\"queue_ms\":", outcome.timings.queue, to: &bytes)
      append(",\"rate_limit_ms\":", outcome.timings.rateLimit, to: &bytes)
    }
    if !outcome.reason.isEmpty {
      bytes.append(",\"reason\":\"")
      JSONWriter.append(escaping: batch.bytes(outcome.reason), to: &bytes)
      bytes.append("\"")
    }
    bytes.append(",\"run_id\":\"")
    bytes.append(contentsOf: runID)
    bytes.append("\",\"seq\":")
    bytes.append(decimal: Int64(next))
    bytes.append(",\"sequence_id\":\"")
    JSONWriter.append(escaping: batch.bytes(event.sequence), to: &bytes)
    bytes.append("\",\"state\":")
    events.append(event.state, of: batch, to: &bytes)
    if outcome.status > 0 {
      bytes.append(",\"status\":")
      bytes.append(decimal: Int64(outcome.status))
    }
    if event.has(.timestamp) {
      bytes.append(",\"timestamp\":")
      events.appendTimestamp(of: event, of: batch, to: &bytes)
    }
    bytes.append(",\"type\":\"event\",\"v\":1")
    bytes.append(event.isValidated ? ",\"validated\":true" : ",\"validated\":false")
    if outcome.attempts > 0 { append(",\"wire_ms\":", outcome.timings.wire, to: &bytes) }
    bytes.append("}")
  }

  private func appendID(
    _ id: EntityID, of batch: borrowing EventBatch, to bytes: inout [UInt8]
  ) {
    if id == .missing { bytes.append("null") } else { events.append(id, of: batch, to: &bytes) }
  }

  private func append(_ member: JSONValue.Member, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: ","))
    JSONWriter.append(member.name, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    bytes += member.value.canonical()
  }

  /// Milliseconds to the microsecond, without zeros at the end: so they are canonical.
  private func append(_ name: StaticString, _ nanoseconds: Int64, to bytes: inout [UInt8]) {
    bytes.append(name)
    var timings = InjectionTimings()
    timings.service = nanoseconds
    timings.appendServiceMilliseconds(to: &bytes)
  }

  private mutating func appendAttributes(
    _ event: Event, of batch: borrowing EventBatch, whole: Bool, to bytes: inout [UInt8]
  ) {
    if event.attributes.isEmpty || rules.dropsAll { return }
    let text = batch.bytes(event.attributes)
    let isAsItIs = rules.keepsAll && text.withUnsafeBytes { plain.isCanonical($0) }
    let canonical: [UInt8]
    if isAsItIs, whole {
      bytes.append(",\"attributes\":")
      bytes.append(contentsOf: text)
      return
    } else {
      let members = (try? JSONValue(parsing: Array(text)))?.object ?? []
      let kept = rules.applied(to: members)
      if kept.isEmpty { return }
      canonical = JSONValue.object(kept).canonical()
    }
    if whole {
      bytes.append(",\"attributes\":")
      bytes += canonical
    } else {
      bytes.append(",\"attributes_bytes\":")
      bytes.append(decimal: Int64(canonical.count))
      bytes.append(",\"attributes_sha256\":\"")
      bytes.append(contentsOf: HexText.of(SHA256.hash(data: canonical)).utf8)
      bytes.append("\"")
    }
  }
}
