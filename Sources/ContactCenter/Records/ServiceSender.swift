import ContactModel
import PatchbayCore

/// Sends steps at their time and gathers those of one moment into batches.
struct ServiceSender {
  private let outlet: SourceOutlet
  private let clock: any PipelineClock
  private let prefix: String
  /// Tells when steps are due; nil if nothing is waited for.
  private var keeper: PaceKeeper?
  private let input: InputNumber
  private var batch: EventBatch
  /// How many steps have been taken.
  private var sent = 0

  /// - Parameter origin: the first moment of all, which comes at once.
  init(
    outlet: SourceOutlet, manner: ServiceReplay.Manner, clock: any PipelineClock,
    origin: Timestamp
  ) {
    self.outlet = outlet
    self.clock = clock
    prefix = manner.prefix
    if case .recorded(let recorded) = manner.pace {
      keeper = PaceKeeper(recorded, start: outlet.startedAt)
      _ = keeper?.due(origin)
    }
    batch = outlet.makeBatch()
    input = batch.symbols.input(named: manner.path)
  }

  mutating func send(_ step: ServiceStep) async throws {
    let timestamp = step.timestamp
    var due = keeper?.due(timestamp) ?? clock.now
    let now = clock.now
    if sent == outlet.pastEvents, sent > 0, now > due {
      // The run was interrupted here: what comes now is as far from the present as it was from then.
      keeper?.postpone(byNanoseconds: now.nanosecondsSince(due))
      due = now
    }
    sent += 1
    if due > clock.now, sent > outlet.pastEvents {
      try await flush()
      try await outlet.wait(until: due)
    } else if batch.count >= 256 {
      try await flush()
    }
    let service = step.service
    batch.append(
      Event(
        sequence: batch.intern("\(prefix)-\(service.line)-\(step.place)".utf8),
        timestamp: timestamp,
        interaction: step.isOfAgentAlone ? .missing : .uuid(service.interaction),
        agent: .uuid(service.agent),
        state: batch.symbol(step.state), type: batch.symbol(AgentState.eventType), intended: due))
    batch.setPlace(of: batch.count - 1, input: input, line: service.line)
  }

  mutating func finish() async throws {
    try await flush()
  }

  private mutating func flush() async throws {
    let full = batch
    batch = outlet.makeBatch()
    try await outlet.emit(full)
  }
}
