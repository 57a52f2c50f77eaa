import PatchbayCore

/// Makes messages of events (RFC 5424 §6).
///
/// Nothing of an event gets into a message as it came: header fields are printable ASCII, values of
/// structured data are escaped, and no text holds a control character. So an event can't break a
/// message off or pass for another one.
struct MessageComposer {
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let facility: SyslogFacility
  private let severity: SeverityRules
  private let content: MessageContent
  private let byteOrderMark: Bool
  /// What the header says of the sender: ` HOSTNAME APP-NAME PROCID `.
  private let sender: String
  private let eventID: String
  private let outcomeID: String

  init(_ options: SyslogSink.Options, runID: UUIDBits, machine: String) {
    facility = options.facility
    severity = options.severity
    content = options.content
    byteOrderMark = options.byteOrderMark
    let hostname = options.hostname ?? HeaderField.text(of: machine, upTo: 255)
    sender = " \(hostname) \(options.appName) \(runID) "
    eventID = "event@\(options.enterpriseID)"
    outcomeID = "outcome@\(options.enterpriseID)"
  }

  /// The message of an event.
  ///
  /// - Parameter number: its `sequenceId`.
  func message(of index: Int, of batch: EventBatch, number: UInt32) -> [UInt8] {
    let event = batch[index]
    let outcome = batch.outcome(at: index)
    let level = severity.severity(of: outcome.kind)
    var message: [UInt8] = []
    message.reserveCapacity(1_024)
    // §6.2.1: no leading zeros. §6.2.2: version 1.
    message.append(contentsOf: "<\(facility.code * 8 + level.code)>1 ".utf8)
    Self.appendTime(of: event, of: batch, to: &message)
    message.append(contentsOf: sender.utf8)
    message.append(
      contentsOf: HeaderField.text(of: batch.eventType(of: event), upTo: 32).utf8)
    message.append(UInt8(ascii: " "))
    eventElement(event, of: batch).append(to: &message)
    outcomeElement(outcome, of: batch).append(to: &message)
    // §7.3.1: by it a receiver notices loss, and what came twice.
    message.append(contentsOf: "[meta sequenceId=\"\(number)\"] ".utf8)
    // §6.4: UTF-8 is announced by the mark.
    if byteOrderMark { message.append(contentsOf: Self.byteOrderMark) }
    MessageText.append(content, index, of: batch, to: &message)
    return KnownSecrets.masked(message)
  }

  /// §6.2.3: at most six decimals; the nil value if the event has no time.
  private static func appendTime(
    of event: Event, of batch: EventBatch, to message: inout [UInt8]
  ) {
    guard batch.hasTimestamp(event) else {
      message.append(contentsOf: HeaderField.absent.utf8)
      return
    }
    event.timestamp.appendRFC3339(to: &message)
    message.removeLast(4)
    message.append(UInt8(ascii: "Z"))
  }

  private func eventElement(_ event: Event, of batch: EventBatch) -> StructuredElement {
    let fields = batch.fields(of: event)
    var element = StructuredElement(eventID)
    element.add("sequence_id", fields.sequenceID)
    element.add("timestamp", fields.timestamp)
    element.add("interaction_id", fields.interactionID)
    element.add("agent_id", fields.agentID)
    element.add("state", fields.state)
    element.add("event_type", fields.eventType)
    return element
  }

  private func outcomeElement(_ outcome: Outcome, of batch: EventBatch) -> StructuredElement {
    var element = StructuredElement(outcomeID)
    guard outcome.kind != .undecided else { return element }
    element.add("verdict", outcome.kind.name)
    if outcome.status > 0 { element.add("status", String(outcome.status)) }
    if outcome.attempts > 0 { element.add("attempts", String(outcome.attempts)) }
    let code = batch.text(outcome.code)
    if !code.isEmpty { element.add("code", code) }
    if !outcome.reason.isEmpty { element.add("reason", batch.text(outcome.reason)) }
    return element
  }
}
