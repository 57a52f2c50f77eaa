package import PatchbayCore
import PatchbayRuntime
import Reports
import Synchronization

/// What a page shows of single events: the latest that were turned away or forbidden, and the states of some agents.
///
/// It looks at so many events a second at most, so that a fast run isn't slowed down.
package final class RunTraces: RunObserver {
  /// How many troubles are kept, and how many agents have a lane, with how many states.
  private static let mostTroubles = 50
  private static let mostLanes = 24
  private static let mostStates = 200
  /// How many events are looked at within a tenth of a second.
  private static let budget = 2_000

  fileprivate struct State {
    var troubles: [LiveRun.Trouble] = []
    var lanes: [LiveRun.Lane] = []
    var places: [String: Int] = [:]
    var isSampled = false
    var tenth: Int64 = 0
    var spent = 0
    /// Whether an injector has told of events: sinks tell of the same ones again.
    var hasInjector = false
  }

  private let state = Mutex(State())

  package init() {}

  /// The latest troubles, the newest first; the lanes; and whether not all events were looked at.
  var current: (troubles: [LiveRun.Trouble], lanes: [LiveRun.Lane], isSampled: Bool) {
    state.withLock { ($0.troubles.reversed(), $0.lanes, $0.isSampled) }
  }

  package func stage(_ name: String, sent batch: EventBatch, to port: PortName) {
    look(at: batch) { state, index in
      let event = batch[index]
      let outcome = batch.outcome(at: index)
      let kind = outcome.kind == .undecided ? port.rawValue : outcome.kind.name
      state.add(
        .init(
          time: batch.time(of: event), stage: name, kind: kind, step: batch.state(of: event),
          reason: OutsideText.shown(batch.text(outcome.reason)), agent: batch.agentID(of: event)),
        most: Self.mostTroubles)
    }
  }

  package func injector(_ name: String, judged batch: EventBatch) {
    look(at: batch) { state, index in
      state.hasInjector = true
      guard batch.outcome(at: index).kind == .accepted else { return }
      state.follow(batch[index], of: batch, most: Self.mostLanes, states: Self.mostStates)
    }
  }

  package func sink(_ name: String, wrote positions: [Int], of batch: EventBatch) {
    look(at: batch, positions) { state, index in
      let event = batch[index]
      if !state.hasInjector {
        state.follow(event, of: batch, most: Self.mostLanes, states: Self.mostStates)
      }
      guard let origin = batch.forbiddenOrigin(of: event) else { return }
      let trouble = LiveRun.Trouble(
        time: batch.time(of: event), stage: name, kind: "mismatch",
        step: "\(origin) -> \(batch.state(of: event))", reason: "the state machine forbids it",
        agent: batch.agentID(of: event))
      // Several sinks write the same event.
      if state.troubles.contains(where: { $0.isSame(as: trouble) }) { return }
      state.add(trouble, most: Self.mostTroubles)
    }
  }

  private func look(
    at batch: EventBatch, _ positions: [Int]? = nil, _ body: (inout State, Int) -> Void
  ) {
    let tenth = MonotonicInstant.now.nanoseconds / 100_000_000
    state.withLock { state in
      if state.tenth != tenth { (state.tenth, state.spent) = (tenth, 0) }
      for index in positions ?? Array(batch.indices) {
        guard state.spent < Self.budget else {
          state.isSampled = true
          return
        }
        state.spent += 1
        body(&state, index)
      }
    }
  }
}

extension RunTraces.State {
  fileprivate mutating func add(_ trouble: LiveRun.Trouble, most: Int) {
    troubles.append(trouble)
    if troubles.count > most { troubles.removeFirst() }
  }

  fileprivate mutating func follow(
    _ event: Event, of batch: EventBatch, most: Int, states: Int
  ) {
    let agent = batch.agentID(of: event)
    guard !agent.isEmpty else { return }
    let place: Int
    if let known = places[agent] {
      place = known
    } else {
      guard lanes.count < most else { return }
      place = lanes.count
      places[agent] = place
      lanes.append(LiveRun.Lane(agent: agent, states: []))
    }
    let (state, time) = (batch.state(of: event), batch.time(of: event))
    // Several sinks tell of the same events, one later than the other.
    if let last = lanes[place].states.last, last.state == state || time < last.since { return }
    lanes[place].states.append((time, state))
    if lanes[place].states.count > states { lanes[place].states.removeFirst() }
  }
}

extension LiveRun.Trouble {
  fileprivate func isSame(as other: LiveRun.Trouble) -> Bool {
    time == other.time && step == other.step && agent == other.agent && kind == other.kind
  }
}

extension EventBatch {
  /// When an event happened, or else was to be sent.
  fileprivate func time(of event: Event) -> Timestamp {
    hasTimestamp(event) ? event.timestamp : event.intended
  }
}
