import ContactModel
import PatchbayCore

extension Organization {
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
    let queue = new.queue.map { require(queue: $0, at: time) }
    var communication = Communication(
      id: new.communication, purpose: new.purpose, established: time, user: new.user,
      queue: new.queue, skills: new.skills, address: new.address,
      calledAddress: new.calledAddress, name: new.name,
      isInbound: new.isInbound, state: new.isAlerting ? .alerting : .connected,
      connected: new.isAlerting ? nil : time, attributes: new.attributes, callback: new.callback,
      afterCallWork: new.needsAfterCallWork && new.purpose == .agent ? .expected : .notApplicable,
      changed: time)
    if new.purpose == .agent, let queue {
      communication.alertingTime = queue.alertingTime
      communication.prompt = queue.afterCallWork
      communication.afterCallWorkTime =
        queue.afterCallWork.endsByItself ? queue.afterCallWorkTime : nil
    }
    communication.followSegments(at: time)
    conversation.communications.append(communication)
    conversation.end = nil
    keep(conversation)
    note(.established, new.communication, of: conversation)
    if let user = new.user, var agent = agents.removeValue(forKey: user) {
      agent.legs.append(.init(conversation: id, communication: new.communication))
      if !new.isAlerting, agent.isOnQueue { set(status: .interacting, of: &agent, at: time) }
      agents[user] = agent
    }
  }

  /// Makes sure that there is such a queue; an event may name one that nobody knew.
  private mutating func require(queue id: UUIDBits, at time: Timestamp) -> Queue {
    if let queue = catalog.queues[id] { return queue }
    let queue = Queue(id: id, name: "Queue \(id)", created: time, modified: time)
    if isOpen { catalog.queues[id] = queue }
    return queue
  }

  /// Changes a communication, and the routing status that follows from it.
  mutating func change(
    _ communicationID: UUIDBits, of id: UUIDBits, _ change: CommunicationChange,
    at time: Timestamp
  ) throws(Impossible) {
    guard var conversation = conversations[id] else {
      throw Impossible("there is no conversation [\(id)]", .isMissing)
    }
    guard let index = conversation.index(of: communicationID) else {
      throw Impossible("conversation [\(id)] has no communication [\(communicationID)]", .isMissing)
    }
    let wasFinished = conversation.isFinished
    let before = conversation.communications[index]
    try conversation.communications[index].apply(change, at: time)
    let after = conversation.communications[index]
    if conversation.isOver { conversation.end = conversation.end ?? time }
    keep(conversation)
    if conversation.end != nil, conversation.isRouted {
      waiting.removeAll { $0.conversation == id }
    }
    note(change.progress, communicationID, of: conversation)
    if case .ended = change { terminate(communicationID, of: id) }
    if case .pending = after.afterCallWork, case .ended = change,
      let limit = after.afterCallWorkTime
    {
      schedule(
        Deadline(time: time.advanced(by: limit), .afterCallWork, id, communicationID))
    }
    if let user = after.user { follow(user, before, after, by: change, at: time) }
    if change == .answered { arrive(after, in: id, at: time) }
    if !wasFinished, conversations[id]?.isFinished ?? false { remember(finished: id) }
    offerWaiting(at: time)
  }

  /// Lets a part that is over be done with, and, if the conversation is, those of queues.
  private mutating func terminate(_ communication: UUIDBits, of id: UUIDBits) {
    guard let conversation = conversations[id] else { return }
    for part in conversation.communications where part.state == .disconnected {
      guard conversation.end != nil || part.id == communication && part.purpose != .acd else {
        continue
      }
      guard var now = conversations[id], let index = now.index(of: part.id),
        now.communications[index].terminate(in: now.medium)
      else { continue }
      conversations[id] = now
      note(.terminated, part.id, of: now)
    }
  }

  mutating func note(
    _ progress: Change.Progress, _ communication: UUIDBits, of conversation: Conversation
  ) {
    changes.append(
      .init(
        change: .communication(
          progress, conversation: conversation.id, communication: communication),
        subject: .conversation(conversation)))
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
    case .held, .audio, .transmitting, .sent, .described: break
    }
  }
}

extension CommunicationChange {
  /// What it comes to, for whoever is told.
  fileprivate var progress: Change.Progress {
    switch self {
    case .answered: .answered
    case .held(let isHeld): isHeld ? .held : .retrieved
    case .audio(let isMuted): isMuted ? .muted : .unmuted
    case .transmitting: .transmitting
    case .sent: .sent
    case .described: .described
    case .ended: .ended
    case .wrappedUp: .wrappedUp
    }
  }
}
