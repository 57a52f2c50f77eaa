import ContactModel
import PatchbayCore

/// Sends steps at their time and gathers those of one moment into batches.
struct CallLogSender {
  private let outlet: SourceOutlet
  private let clock: any PipelineClock
  private var start: Timestamp
  private let origin: Timestamp
  private let input: InputNumber
  private var batch: EventBatch
  /// How many steps have been taken.
  private var sent = 0

  /// - Parameters:
  ///   - path: the log's, by which events say where they stood.
  ///   - origin: the log's first second since 1970, sent at `start`.
  init(
    outlet: SourceOutlet, path: String, clock: any PipelineClock, start: Timestamp, origin: Int
  ) {
    self.outlet = outlet
    self.clock = clock
    self.start = start
    self.origin = Timestamp(nanoseconds: Int64(origin) * 1_000_000_000)
    batch = outlet.makeBatch()
    input = batch.symbols.input(named: path)
  }

  mutating func send(_ step: DeskStep) async throws {
    let timestamp = step.timestamp
    var due = start.advanced(byNanoseconds: timestamp.nanosecondsSince(origin))
    if sent == outlet.pastEvents, sent > 0, clock.now > due {
      // The run was interrupted here: what comes now is as far from the present as it was from then.
      start = start.advanced(byNanoseconds: clock.now.nanosecondsSince(due))
      due = clock.now
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
