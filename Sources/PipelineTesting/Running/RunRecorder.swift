import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import Synchronization

/// Writes down what a test wants to know of a run.
final class RunRecorder: RunObserver {
  private struct State {
    var written: [String: [JSONValue]] = [:]
    var outcomes: [String: JSONValue] = [:]
    var agents: [String: String] = [:]
    var interactions: [String: String] = [:]
  }

  private let state = Mutex(State())

  /// The events that each sink wrote, in order.
  var written: [String: [JSONValue]] { state.withLock { $0.written } }
  /// What the injectors made of each event, by its sequence id.
  var outcomes: [String: JSONValue] { state.withLock { $0.outcomes } }
  /// The last state of each agent.
  var agents: [String: String] { state.withLock { $0.agents } }
  /// The last state of each interaction that isn't finished.
  var interactions: [String: String] { state.withLock { $0.interactions } }

  func injector(_ name: String, judged batch: EventBatch) {
    let outcomes = batch.indices.map { index in
      (batch.sequenceID(of: batch[index]), Self.json(index, of: batch)["outcome"] ?? .null)
    }
    state.withLock { state in
      for (id, outcome) in outcomes { state.outcomes[id] = outcome }
    }
  }

  func sink(_ name: String, wrote positions: [Int], of batch: EventBatch) {
    let events = positions.map { Self.json($0, of: batch) }
    state.withLock { $0.written[name, default: []] += events }
  }

  func stage(_ name: String, ended stage: any Stage) {
    guard let keeper = stage as? any StateKeeper else { return }
    let (agents, interactions) = (keeper.agentStates, keeper.openInteractionStates)
    state.withLock { state in
      state.agents.merge(agents) { $1 }
      state.interactions.merge(interactions) { $1 }
    }
  }

  private static func json(_ index: Int, of batch: EventBatch) -> JSONValue {
    var bytes: [UInt8] = []
    OutcomeJSON.write(index, of: batch, to: &bytes)
    return (try? JSONValue(parsing: bytes)) ?? .null
  }
}
