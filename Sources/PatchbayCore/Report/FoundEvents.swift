/// An event that a stage has found something about, by all that tells which one it is.
public struct FoundEvent: Sendable, Equatable {
  /// What was found: the metric that counts it, such as `mismatches`, or the verdict: `rejected`,
  /// `failed` or `unknown`.
  public var kind: String
  /// `sequence_id`; empty if the event has none.
  public var sequenceID: String
  /// `agent_id`; empty if the event has none.
  public var agentID: String
  /// `interaction_id`; empty if the event has none.
  public var interactionID: String
  /// The state before, where that is what was found; else nil.
  public var from: String?
  /// The event's state.
  public var to: String
  /// `timestamp`, as it is written on the wire.
  public var timestamp: String
  /// The code of why it wasn't accepted, such as `http.503`; nil if that isn't what was found.
  public var code: String?
  /// Why it wasn't accepted, as a sentence; nil if that isn't what was found.
  public var reason: String?
  /// Where it stood in its source's input; nil if nowhere.
  public var place: EventPlace?

  /// Names an event.
  ///
  /// - Parameters:
  ///   - kind: what was found: the name of a declared metric.
  ///   - event: the event.
  ///   - batch: its batch.
  ///   - origin: the state before, if it matters.
  public init(_ kind: String, _ event: Event, of batch: EventBatch, from origin: String? = nil) {
    self.kind = kind
    sequenceID = batch.sequenceID(of: event)
    agentID = batch.agentID(of: event)
    interactionID = batch.interactionID(of: event)
    from = origin
    to = batch.state(of: event)
    timestamp = batch.timestampText(of: event)
    place = batch.place(of: event)
  }

  /// Names an event of which only its ids are left.
  package init(
    _ kind: String, sequenceID: String, agentID: String, interactionID: String, to state: String,
    timestamp: String, place: EventPlace?
  ) {
    self.kind = kind
    self.sequenceID = sequenceID
    self.agentID = agentID
    self.interactionID = interactionID
    to = state
    self.timestamp = timestamp
    self.place = place
  }

  /// Names an event by what became of it.
  package init(judged index: Int, of batch: EventBatch) {
    let outcome = batch.outcome(at: index)
    self.init(outcome.kind.name, batch[index], of: batch)
    code = batch.text(outcome.code)
    reason = batch.text(outcome.reason)
  }
}

/// The first events of each kind that a stage has found something about; its metrics count them all.
public struct FoundEvents: Sendable {
  /// How many of a kind are named.
  public static let most = 100

  private var events: [String: [FoundEvent]] = [:]

  /// Makes an empty list.
  public init() {}

  /// Names an event, if there is room for one more of its kind.
  ///
  /// - Parameters:
  ///   - kind: what was found: the name of a declared metric.
  ///   - event: the event.
  ///   - batch: its batch.
  ///   - origin: the state before, if it matters.
  public mutating func note(
    _ kind: String, _ event: Event, of batch: EventBatch, from origin: String? = nil
  ) {
    guard hasRoom(for: kind) else { return }
    events[kind, default: []].append(FoundEvent(kind, event, of: batch, from: origin))
  }

  /// Names events by what became of them, as far as there is room.
  package mutating func note(judged batch: EventBatch) {
    for index in batch.indices {
      let kind = batch.outcome(at: index).kind.name
      guard hasRoom(for: kind) else { continue }
      events[kind, default: []].append(FoundEvent(judged: index, of: batch))
    }
  }

  /// Names an event, if there is room for one more of its kind.
  public mutating func note(_ event: FoundEvent) {
    if hasRoom(for: event.kind) { events[event.kind, default: []].append(event) }
  }

  private func hasRoom(for kind: String) -> Bool { events[kind]?.count ?? 0 < Self.most }

  /// All that are named: by kind, and within one as they came.
  public var all: [FoundEvent] {
    events.sorted { $0.key < $1.key }.flatMap(\.value)
  }
}
