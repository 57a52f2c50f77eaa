import PatchbayCore
import PatchbayJSON

/// Writes audit records as they stand in the array, each on lines of its own.
struct AuditRecordWriter: Sendable {
  private let beginning: [UInt8]
  private var events = EventWriter()

  /// - Parameter runID: the run that all records are of.
  init(runID: String) {
    var bytes: [UInt8] = []
    bytes.append("{\n    \"run_id\": ")
    JSONWriter.append(runID, to: &bytes)
    bytes.append(",\n    \"agent_id\": ")
    beginning = bytes
  }

  /// Appends the record of an event.
  ///
  /// - Parameters:
  ///   - index: the event's position in its batch.
  ///   - loggedAt: when the records of the batch are written, as a JSON string.
  mutating func append(
    _ index: Int, of batch: borrowing EventBatch, loggedAt: [UInt8], to bytes: inout [UInt8]
  ) {
    let event = batch[index]
    let outcome = batch.outcome(at: index)
    bytes.append(contentsOf: beginning)
    events.append(event.agent, of: batch, to: &bytes)
    bytes.append(",\n    \"sequence_id\": \"")
    JSONWriter.append(escaping: batch.bytes(event.sequence), to: &bytes)
    bytes.append("\",\n    \"state\": ")
    events.append(event.state, of: batch, to: &bytes)
    bytes.append(",\n    \"latency_ms\": ")
    if outcome.attempts > 0 {
      outcome.timings.appendServiceMilliseconds(to: &bytes)
    } else {
      bytes.append("null")
    }
    bytes.append(event.isValidated ? ",\n    \"validated\": true" : ",\n    \"validated\": false")
    bytes.append(",\n    \"outcome\": \"")
    bytes.append(outcome.kind.wireName)
    bytes.append("\",\n    \"reason\": ")
    if outcome.reason.isEmpty {
      bytes.append("null")
    } else {
      bytes.append(UInt8(ascii: "\""))
      JSONWriter.append(escaping: batch.bytes(outcome.reason), to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    }
    for member in OutcomeJSON.findings(about: event, outcome, of: batch) {
      bytes.append(",\n    ")
      JSONWriter.append(member.name, to: &bytes)
      bytes.append(": ")
      JSONWriter.append(member.value, to: &bytes, layout: .pretty, level: 2)
    }
    bytes.append(",\n    \"logged_at\": ")
    bytes.append(contentsOf: loggedAt)
    bytes.append("\n  }")
  }
}
