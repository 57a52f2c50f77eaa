import ContactModel
import PatchbayCore

/// Sends steps at their time and gathers those of one moment into batches.
struct CallLogSender {
  private let outlet: SourceOutlet
  private let clock: any PipelineClock
  /// Tells when steps are due; nil if nothing is waited for.
  private var keeper: PaceKeeper?
  private let input: InputNumber
  private var batch: EventBatch
  /// How many steps have been taken.
  private var sent = 0

  /// - Parameters:
  ///   - path: the log's, by which events say where they stood.
  ///   - pace: at which pace steps come.
  ///   - origin: the log's first second, which comes at once.
  init(
    outlet: SourceOutlet, path: String, clock: any PipelineClock, pace: Pace, origin: Timestamp
  ) {
    self.outlet = outlet
    self.clock = clock
    if case .recorded(let recorded) = pace {
      keeper = PaceKeeper(recorded, start: outlet.startedAt)
      _ = keeper?.due(origin)
    }
    batch = outlet.makeBatch()
    input = batch.symbols.input(named: path)
  }

  mutating func send(_ step: DeskStep) async throws {
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
    batch.append(
      Event(
        sequence: batch.intern("log-\(step.row.line)-\(step.place)".utf8), timestamp: timestamp,
        interaction: step.isOfAgentAlone ? .missing : .uuid(step.row.interaction),
        agent: .uuid(step.row.agent),
        state: batch.symbol(step.state), type: batch.symbol(AgentState.eventType), intended: due))
    batch.setPlace(of: batch.count - 1, input: input, line: step.row.line)
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
