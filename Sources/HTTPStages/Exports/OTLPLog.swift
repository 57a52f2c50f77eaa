import PatchbayCore
import PatchbayJSON

/// An event as a log record.
enum OTLPLog {
  static func isProblem(_ index: Int, of batch: borrowing EventBatch) -> Bool {
    switch batch.outcome(at: index).kind {
    case .undecided, .accepted: !batch[index].findings.isEmpty
    case .rejected, .failed, .unknown: true
    }
  }

  static func record(
    _ index: Int, of batch: borrowing EventBatch, observed: Timestamp
  ) -> JSONValue {
    let event = batch[index]
    let outcome = batch.outcome(at: index)
    let (severity, word) = severity(outcome.kind, event.findings)
    let reason = batch.text(outcome.reason)
    let state = batch.state(of: event)
    return [
      "timeUnixNano": OTLPValue.time(batch.hasTimestamp(event) ? event.timestamp : event.intended),
      "observedTimeUnixNano": OTLPValue.time(observed), "severityNumber": .integer(severity),
      "severityText": .string(word),
      "body": [
        "stringValue": .string(
          "\(outcome.kind.name) \(state)" + (reason.isEmpty ? "" : ": \(reason)"))
      ],
      "attributes": OTLPValue.attributes([
        ("patchbay.sequence_id", batch.sequenceID(of: event)),
        ("patchbay.agent_id", batch.agentID(of: event)),
        ("patchbay.interaction_id", batch.interactionID(of: event)), ("patchbay.state", state),
        ("patchbay.event_type", batch.eventType(of: event)),
        ("patchbay.outcome", outcome.kind.name),
        ("patchbay.code", batch.text(outcome.code)),
        ("http.response.status_code", outcome.status == 0 ? "" : String(outcome.status)),
        ("patchbay.findings", event.findings.names.joined(separator: " ")),
        ("patchbay.forbidden_from", batch.forbiddenOrigin(of: event) ?? ""),
      ]),
    ]
  }

  /// OTLP's number and word of how bad it is.
  private static func severity(_ kind: Outcome.Kind, _ findings: EventFindings) -> (Int, String) {
    switch kind {
    case .rejected, .failed: (17, "ERROR")
    case .unknown: (13, "WARN")
    case .accepted, .undecided: findings.isEmpty ? (9, "INFO") : (13, "WARN")
    }
  }
}
