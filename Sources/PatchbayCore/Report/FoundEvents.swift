/// An event that a stage has found something about, by all that tells which one it is.
public struct FoundEvent: Sendable, Equatable {
  /// What was found, as the metric that counts it: `mismatches`.
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
    guard events[kind]?.count ?? 0 < Self.most else { return }
    events[kind, default: []].append(FoundEvent(kind, event, of: batch, from: origin))
  }

  /// All that are named: by kind, and within one as they came.
  public var all: [FoundEvent] {
    events.sorted { $0.key < $1.key }.flatMap(\.value)
  }
}
