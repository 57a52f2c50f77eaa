import PatchbayCore
import PatchbayJSON

/// Refuses events without an agent, and counts what it is asked about.
struct AgentValidator: Validator {
  static let type = "agent"
  static let doc = "Refuses events without an agent."

  private(set) var asked = 0

  init(_ options: NoOptions) {}

  mutating func validate(_ event: Event, of batch: EventBatch) -> Verdict {
    asked += 1
    return event.agent == .missing
      ? .reject(code: "agent_id.missing", reason: "\(batch.sequenceID(of: event)) has no agent")
      : .accept
  }
}

/// Takes everything.
struct OpenSink: Sink {
  static let type = "open"
  static let doc = "Takes everything."

  init(_ options: NoOptions) {}

  mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult { .all }
}

/// Lets everything pass.
struct OpenCorrelator: Correlator {
  static let type = "open"
  static let doc = "Lets everything pass."

  init(_ options: NoOptions) {}

  mutating func observe(
    _ event: Event, _ outcome: Outcome, of batch: EventBatch, at now: Timestamp
  ) -> Observation { .pass }
}

/// Connects to nothing.
struct LoopConnection: Connection {
  static let type = "loop"
  static let doc = "Connects to nothing."

  init(_ options: NoOptions) {}

  mutating func open(_ context: StageContext) async throws {}
}

/// Brings nothing but what the protocol asks for.
enum SampleModule: PluginModule {}

/// Has one connection, called `target`.
struct OneConnection: ConnectionResolver {
  func connection(_ name: String) async throws -> any Connection {
    guard name == "target" else { throw PipelineError("there is no connection \"\(name)\"") }
    return LoopConnection(try NoOptions([:]))
  }

  func start(_ work: @escaping @Sendable () async -> Void) {}
}

/// Nothing to print to, nothing to read.
struct SilentTerminal: Console, ByteInput {
  func say(_ line: String) {}

  func write(_ bytes: [UInt8]) {}
  func read(upTo count: Int) async throws -> [UInt8] { [] }
}
