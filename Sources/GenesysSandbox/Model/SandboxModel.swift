package import PatchbayCore
package import PatchbayJSON

/// All that the sandbox knows: what it was sent and what it made of it.
///
/// Endpoints render it, and nothing else is ever answered. Its size is bounded by the number of
/// distinct sequence ids (each may bring an agent and an interaction with it), a number of tokens
/// and a number of documents.
package struct SandboxModel {
  /// What is known of one sequence id.
  package struct Record {
    /// How often it arrived in a well-formed, authorised request.
    package var deliveries = 0
    /// Whether it was accepted; that happens once.
    package var isAccepted = false
  }

  /// The latest event of an agent or an interaction, by the event's own time.
  package struct CurrentState {
    package var state: String
    package var timestamp: Timestamp
    package var sequenceID: String
  }

  /// What there is to count, and to forget.
  package struct Counts {
    /// Requests by path and by status or `dropped`.
    package var requests: [String: [String: Int]] = [:]
    /// Faults by kind.
    package var faults: [Fault: Int] = [:]
    /// Arrivals of events in well-formed, authorised requests.
    package var deliveries = 0
    /// Events accepted for the first time.
    package var effects = 0
    /// Events accepted again, to no effect.
    package var duplicates = 0
    /// Each sequence id's share of the above.
    package var records: [[UInt8]: Record] = [:]
    /// Where agents are.
    package var agents: [UUIDBits: CurrentState] = [:]
    /// Where interactions are.
    package var interactions: [UUIDBits: CurrentState] = [:]
    /// Documents received by the QA receiver.
    package var documentCount = 0
    /// The latest of them.
    package var documents: [JSONValue] = []
  }

  /// How many QA documents are kept.
  package static let documentCapacity = 16

  /// The tokens given out.
  package var tokens = IssuedTokens()
  private var lastRequest: UInt64 = 0
  package private(set) var counts = Counts()

  package init() {}

  /// The number of a new request, from 1; never reset, so that no two have the same.
  package mutating func nextRequestNumber() -> UInt64 {
    lastRequest += 1
    return lastRequest
  }

  /// Counts an answered or dropped request.
  package mutating func count(path: String, outcome: String) {
    counts.requests[path, default: [:]][outcome, default: 0] += 1
  }

  /// Forgets everything but the tokens.
  package mutating func reset() {
    counts = Counts()
  }

  /// Takes a QA document.
  package mutating func receive(document: JSONValue) {
    counts.documentCount += 1
    if counts.documents.count == Self.documentCapacity { counts.documents.removeFirst() }
    counts.documents.append(document)
  }

  /// Takes the events of one request, unless it meets a fault that prevents it.
  package mutating func receive(
    _ events: [WorkspaceEvent], faults: SandboxFaults, seed: UInt64
  ) -> Delivery {
    let key = KeyedRandom.key(events.map(\.sequenceID).joined(separator: [0]))
    // The request's own count of attempts would need a memory for every combination of events ever
    // sent; the first event's tells the same request's deliveries apart just as well.
    let attempt = events.first.flatMap { counts.records[$0.sequenceID]?.deliveries } ?? 0
    var delivery = Delivery(
      fault: faults.draw(seed: seed, key: key, attempt: attempt), key: key, attempt: attempt,
      duplicates: [])
    if let fault = delivery.fault { counts.faults[fault, default: 0] += 1 }
    let hasEffect = delivery.fault?.hasEffect ?? true
    for (index, event) in events.enumerated() {
      let isNew = deliver(event, hasEffect: hasEffect)
      if hasEffect, !isNew { delivery.duplicates.append(index) }
    }
    return delivery
  }

  /// Takes one event; says whether it was accepted for the first time.
  private mutating func deliver(_ event: WorkspaceEvent, hasEffect: Bool) -> Bool {
    var record = counts.records[event.sequenceID] ?? Record()
    defer { counts.records[event.sequenceID] = record }
    record.deliveries += 1
    counts.deliveries += 1
    guard hasEffect else { return false }
    if record.isAccepted {
      counts.duplicates += 1
      return false
    }
    record.isAccepted = true
    counts.effects += 1
    let state = CurrentState(
      state: event.state, timestamp: event.timestamp, sequenceID: event.sequenceText)
    Self.advance(&counts.agents, event.agentID, to: state)
    Self.advance(&counts.interactions, event.interactionID, to: state)
    return true
  }

  private static func advance(
    _ states: inout [UUIDBits: CurrentState], _ id: UUIDBits, to state: CurrentState
  ) {
    if let current = states[id], current.timestamp > state.timestamp { return }
    states[id] = state
  }
}
