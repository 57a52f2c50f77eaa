import HTTPTransport
import Logging
public import PatchbayCore

/// Sends events as syslog messages (RFC 5424) over UDP, TCP or TLS.
///
/// Syslog has no acknowledgement: what counts as written is said in the module's README.
public struct SyslogSink: Sink {
  /// The name in a configuration.
  public static let type = "syslog"
  /// What it does.
  public static let doc = "Sends events as syslog messages (RFC 5424) over UDP, TCP or TLS."
  /// The metrics of `findings()`.
  public static let metrics = [
    MetricDeclaration(
      "reconnections", doc: "Connections made after the first, each because one was lost.")
  ]

  /// The highest `sequenceId`; the next is 1 (RFC 5424 §7.3.1).
  private static let lastNumber: UInt32 = 2_147_483_647

  private let options: Options
  private let receiver: Receiver
  private var delivery: Delivery?
  private var composer: MessageComposer?
  private var logger: Logger?
  /// The `sequenceId` of the last message that was handed over.
  private var number: UInt32 = 0
  private var reconnections = 0

  /// It has sockets of its own.
  public var reach: StageReach { .outside("sends messages to \(receiver.address)") }

  /// Makes a sink.
  public init(_ options: Options) {
    self.options = options
    receiver = Receiver(options)
  }

  /// A message for each event.
  public func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.requests = [
      .init(
        "syslog \(receiver.address)", input.events,
        isLocal: LoopbackHost.contains(host: options.host))
    ]
    return forecast
  }

  /// Connects.
  public mutating func open(_ context: StageContext) async throws {
    composer = MessageComposer(options, runID: context.runID, machine: MachineName.current)
    logger = context.logger
    let delivery = Delivery(to: receiver)
    self.delivery = delivery
    try await delivery.connect()
  }

  /// Sends a message for each event.
  ///
  /// - Throws: `PipelineError` with what kept all of them from being handed over.
  public mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    guard let delivery, let composer else { throw PipelineError("it isn't open") }
    var result = WriteResult()
    let outbox = compose(copy batch, composer, refusing: &result)
    let account = try await delivery.carry(outbox.messages)
    let handover = account.handover
    number = Self.number(number, plus: handover.count)
    reconnections = max(0, account.connections - 1)
    if let end = handover.end { logger?.warning("\(end); what was written last may be lost") }
    for (position, reason) in handover.refused.sorted(by: { $0.key < $1.key }) {
      result.refused.append(.init(outbox.indices[position], reason: reason))
    }
    guard let problem = handover.problem else { return result }
    result.problem = "\(problem)"
    result.undelivered = Array(outbox.indices.dropFirst(handover.count))
    return result
  }

  /// Ends the connection, and waits until the receiver has read all of it.
  ///
  /// - Throws: `PipelineError` if messages that were handed over may be lost.
  public mutating func finish(_ report: RunReport) async throws {
    let delivery = self.delivery
    self.delivery = nil
    try await delivery?.close()
  }

  /// How often it had to connect anew.
  public func findings() -> Findings {
    var findings = Findings()
    findings["reconnections"] = Double(reconnections)
    return findings
  }

  /// The messages that aren't too long, with their events' positions.
  private func compose(
    _ batch: EventBatch, _ composer: MessageComposer, refusing result: inout WriteResult
  ) -> (messages: [[UInt8]], indices: [Int]) {
    var messages: [[UInt8]] = []
    var indices: [Int] = []
    let longest = options.transport.maxMessage
    for index in batch.indices {
      let next = Self.number(number, plus: messages.count + 1)
      let message = composer.message(of: index, of: batch, number: next)
      if message.count > longest {
        let reason =
          "an event's message has \(message.count) bytes, more than the \(longest) of "
          + "\"max_message\""
        result.refused.append(.init(index, reason: reason))
      } else {
        messages.append(message)
        indices.append(index)
      }
    }
    return (messages, indices)
  }

  private static func number(_ number: UInt32, plus count: Int) -> UInt32 {
    UInt32((Int(number) + count - 1) % Int(lastNumber) + 1)
  }
}
