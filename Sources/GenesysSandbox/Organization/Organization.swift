import ContactModel
import PatchbayCore

/// Agents and conversations, and the rules by which they change.
///
/// The rules are those of the platform as far as they are documented; where they are not, the
/// comment says so. Everything that is read back or notified comes from here.
struct Organization: Sendable {
  /// Why something can't happen.
  struct Impossible: Error, Equatable {
    var message: String

    init(_ message: String) {
      self.message = message
    }
  }

  /// How many finished conversations are remembered.
  static let conversationLimit = 100_000

  /// The organisation's id.
  let id: UUIDBits
  /// Whether whoever is named first joins; else only those of the start are known.
  let isOpen: Bool
  private(set) var agents: [UUIDBits: Agent] = [:]
  private(set) var conversations: [UUIDBits: Conversation] = [:]
  /// What became different since this was last emptied.
  var changes: [Change] = []
  private var finished: [UUIDBits] = []
  private var oldestFinished = 0

  init(id: UUIDBits, isOpen: Bool) {
    self.id = id
    self.isOpen = isOpen
  }

  // MARK: Agents

  /// Adds an agent, who is offline.
  mutating func hire(_ agent: Agent) {
    agents[agent.id] = agent
  }

  /// Sets an agent's presence, and the routing status that follows from it.
  ///
  /// Going on queue makes an agent idle, or interacting if work was taken along; leaving it makes
  /// them off queue, and the work stays
  /// ([help](https://help.mypurecloud.com/glossary/agent-status)).
  mutating func set(
    presence: SystemPresence, message: String = "", of id: UUIDBits, at time: Timestamp
  ) throws(Impossible) {
    try require(id, at: time)
    guard var agent = agents.removeValue(forKey: id) else { return }
    defer { agents[id] = agent }
    if agent.presences.count > 1, time < agent.presence.start {
      throw Impossible(
        "eventDateTime [\(time)] is before the user's last change of presence "
          + "[\(agent.presence.start)]")
    }
    if agent.set(presence: presence, message: message, at: time) {
      changes.append(.presence(agent: id))
    }
    if presence != .onQueue {
      set(status: .offQueue, of: &agent, at: time)
    } else if agent.status.value == .offQueue || agent.status.value == .notResponding {
      set(status: isOccupied(agent) ? .interacting : .idle, of: &agent, at: time)
    }
  }

  /// Sets an agent's routing status from outside.
  mutating func set(
    status: RoutingStatus, of id: UUIDBits, at time: Timestamp
  ) throws(Impossible) {
    try require(id, at: time)
    guard var agent = agents.removeValue(forKey: id) else { return }
    defer { agents[id] = agent }
    if agent.statuses.count > 1, time < agent.status.start {
      throw Impossible(
        "eventDateTime [\(time)] is before the agent's last change of routing status "
          + "[\(agent.status.start)]")
    }
    switch status {
    case .offQueue:
      if agent.isOnQueue { throw Impossible("the agent's presence is [On Queue]") }
    case .idle:
      try requireOnQueue(agent, for: status)
      if isOccupied(agent) {
        throw Impossible("the agent has an interaction, or its after-call work, in progress")
      }
    case .interacting, .notResponding, .communicating: try requireOnQueue(agent, for: status)
    }
    set(status: status, of: &agent, at: time)
  }

  private func requireOnQueue(_ agent: Agent, for status: RoutingStatus) throws(Impossible) {
    if agent.isOnQueue { return }
    throw Impossible(
      "the routing status can't be [\(status.eventName)] while the agent's presence is "
        + "[\(agent.presence.value.rawValue)]")
  }

  /// Makes sure that there is such an agent.
  private mutating func require(_ id: UUIDBits, at time: Timestamp) throws(Impossible) {
    if agents[id] != nil { return }
    guard isOpen else { throw Impossible("there is no user [\(id)]") }
    agents[id] = Agent(id: id, name: "User \(id)", email: "\(id)@sandbox.invalid", since: time)
  }

  private mutating func set(
    status: RoutingStatus, of agent: inout Agent, at time: Timestamp
  ) {
    let before = agent.status.value
    if agent.set(status: status, at: time) {
      changes.append(.routingStatus(agent: agent.id, from: before, to: status))
    }
  }

  private func isOccupied(_ agent: Agent) -> Bool {
    agent.legs.contains { leg in
      conversations[leg.conversation]?.communications
        .contains { $0.id == leg.communication && $0.occupies } ?? false
    }
  }

  // MARK: Conversations

  /// Adds a communication, and the conversation if it is its first.
  mutating func establish(
    _ new: Establishment, in id: UUIDBits, at time: Timestamp
  ) throws(Impossible) {
    if let user = new.user { try require(user, at: time) }
    var conversation =
      conversations[id]
      ?? Conversation(id: id, medium: new.medium, start: time, isInbound: new.isInbound)
    if conversation.medium != new.medium {
      throw Impossible("conversation [\(id)] is of medium [\(conversation.medium.rawValue)]")
    }
    if conversation.index(of: new.communication) != nil {
      throw Impossible("there is a communication [\(new.communication)] already")
    }
    var communication = Communication(
      id: new.communication, purpose: new.purpose, established: time, user: new.user,
      queue: new.queue, address: new.address, calledAddress: new.calledAddress, name: new.name,
      isInbound: new.isInbound, state: new.isAlerting ? .alerting : .connected,
      connected: new.isAlerting ? nil : time,
      afterCallWork: new.needsAfterCallWork && new.purpose == .agent ? .expected : .notApplicable,
      changed: time)
    communication.followSegments(at: time)
    conversation.communications.append(communication)
    conversation.end = nil
    conversations[id] = conversation
    if let user = new.user, var agent = agents.removeValue(forKey: user) {
      agent.legs.append(.init(conversation: id, communication: new.communication))
      if !new.isAlerting, agent.isOnQueue { set(status: .interacting, of: &agent, at: time) }
      agents[user] = agent
    }
    changes.append(.established(conversation: id, communication: new.communication))
  }

  /// Changes a communication, and the routing status that follows from it.
  mutating func change(
    _ communicationID: UUIDBits, of id: UUIDBits, _ change: CommunicationChange,
    at time: Timestamp
  ) throws(Impossible) {
    guard var conversation = conversations[id] else {
      throw Impossible("there is no conversation [\(id)]")
    }
    guard let index = conversation.index(of: communicationID) else {
      throw Impossible("conversation [\(id)] has no communication [\(communicationID)]")
    }
    let before = conversation.communications[index]
    try conversation.communications[index].apply(change, at: time)
    let after = conversation.communications[index]
    if conversation.communications.allSatisfy({ $0.state == .disconnected }) {
      conversation.end = conversation.end ?? time
    }
    conversations[id] = conversation
    note(change, communicationID, of: id)
    if let user = after.user { follow(user, before, after, by: change, at: time) }
    if conversation.communications.allSatisfy(\.isFinished) { remember(finished: id) }
  }

  private mutating func note(
    _ change: CommunicationChange, _ communication: UUIDBits, of conversation: UUIDBits
  ) {
    switch change {
    case .answered, .held, .audio, .transmitting, .sent:
      changes.append(.updated(conversation: conversation, communication: communication))
    case .ended:
      changes.append(.ended(conversation: conversation, communication: communication))
    case .wrappedUp:
      changes.append(.wrappedUp(conversation: conversation, communication: communication))
    }
  }

  /// Lets an agent's routing status follow a communication.
  ///
  /// An offer that is declined or times out makes the agent not responding
  /// ([help](https://help.mypurecloud.com/glossary/routing-status)); the end of the last
  /// interaction, or of its after-call work, makes them idle.
  private mutating func follow(
    _ user: UUIDBits, _ before: Communication, _ after: Communication,
    by change: CommunicationChange, at time: Timestamp
  ) {
    guard var agent = agents.removeValue(forKey: user) else { return }
    defer { agents[user] = agent }
    if after.isFinished { agent.legs.removeAll { $0.communication == after.id } }
    guard agent.isOnQueue else { return }
    switch change {
    case .answered: set(status: .interacting, of: &agent, at: time)
    case .ended(.system) where before.state == .alerting,
      .ended(.own) where before.state == .alerting:
      set(status: .notResponding, of: &agent, at: time)
    case .ended, .wrappedUp:
      if agent.status.value == .interacting, !isOccupied(agent) {
        set(status: .idle, of: &agent, at: time)
      }
    case .held, .audio, .transmitting, .sent: break
    }
  }

  private mutating func remember(finished id: UUIDBits) {
    finished.append(id)
    while finished.count - oldestFinished > Self.conversationLimit {
      let oldest = finished[oldestFinished]
      oldestFinished += 1
      // One that went on since it was finished will be finished again.
      if conversations[oldest]?.communications.allSatisfy(\.isFinished) ?? false {
        conversations[oldest] = nil
      }
    }
    if oldestFinished > Self.conversationLimit {
      finished.removeFirst(oldestFinished)
      oldestFinished = 0
    }
  }

  // MARK: Transfers

  /// Notes that a transfer was begun, between communications that must be there.
  mutating func beginTransfer(
    _ command: UUIDBits, in id: UUIDBits, between communications: [UUIDBits]
  ) throws(Impossible) {
    guard let conversation = conversations[id] else {
      throw Impossible("there is no conversation [\(id)]")
    }
    for communication in communications {
      guard let index = conversation.index(of: communication) else {
        throw Impossible("conversation [\(id)] has no communication [\(communication)]")
      }
      if conversation.communications[index].state == .disconnected {
        throw Impossible("communication [\(communication)] is disconnected")
      }
    }
    if !(conversations[id]?.transfers.insert(command).inserted ?? false) {
      throw Impossible("transfer [\(command)] was begun already")
    }
  }

  /// Notes that a transfer went on, or ended.
  mutating func goOnWithTransfer(
    _ command: UUIDBits, in id: UUIDBits, isOver: Bool
  ) throws(Impossible) {
    guard conversations[id] != nil else { throw Impossible("there is no conversation [\(id)]") }
    guard conversations[id]?.transfers.contains(command) ?? false else {
      throw Impossible("conversation [\(id)] has no transfer [\(command)] in progress")
    }
    if isOver { conversations[id]?.transfers.remove(command) }
  }
}
