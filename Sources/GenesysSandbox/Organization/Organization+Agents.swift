import ContactModel
import PatchbayCore

extension Organization {
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
    presence: AgentPresence, message: String = "", of id: UUIDBits, at time: Timestamp
  ) throws(Impossible) {
    try require(id, at: time)
    guard var agent = agents.removeValue(forKey: id) else { return }
    do {
      defer { agents[id] = agent }
      if agent.presences.count > 1, time < agent.presence.start {
        throw Impossible(
          "eventDateTime [\(time)] is before the user's last change of presence "
            + "[\(agent.presence.start)]")
      }
      if agent.set(presence: presence, message: message, at: time) {
        changes.append(.init(change: .presence(agent: id), subject: .agent(agent.standing)))
      }
      if presence.system != .onQueue {
        set(status: .offQueue, of: &agent, at: time)
      } else if agent.status.value == .offQueue || agent.status.value == .notResponding {
        set(status: isOccupied(agent) ? .interacting : .idle, of: &agent, at: time)
      }
    }
    offerWaiting(at: time)
  }

  /// Sets an agent's routing status from outside.
  ///
  /// Idle is how an agent who didn't respond says that they are back
  /// ([help](https://help.mypurecloud.com/glossary/routing-status)); one who has work in progress is
  /// interacting then. Whether the platform grants that isn't documented.
  mutating func set(
    status: RoutingStatus, of id: UUIDBits, at time: Timestamp
  ) throws(Impossible) {
    try require(id, at: time)
    guard var agent = agents.removeValue(forKey: id) else { return }
    do {
      defer { agents[id] = agent }
      if agent.statuses.count > 1, time < agent.status.start {
        throw Impossible(
          "eventDateTime [\(time)] is before the agent's last change of routing status "
            + "[\(agent.status.start)]")
      }
      var status = status
      switch status {
      case .offQueue:
        if agent.isOnQueue { throw Impossible("the agent's presence is [On Queue]") }
      case .idle:
        try requireOnQueue(agent, for: status)
        if isOccupied(agent) {
          guard agent.status.value == .notResponding else {
            throw Impossible("the agent has an interaction, or its after-call work, in progress")
          }
          status = .interacting
        }
      case .interacting, .notResponding, .communicating: try requireOnQueue(agent, for: status)
      }
      set(status: status, of: &agent, at: time)
    }
    offerWaiting(at: time)
  }

  private func requireOnQueue(_ agent: Agent, for status: RoutingStatus) throws(Impossible) {
    if agent.isOnQueue { return }
    throw Impossible(
      "the routing status can't be [\(status.eventName)] while the agent's presence is "
        + "[\(catalog.presence(agent.presence.value.definition)?.name ?? "")]")
  }

  /// Makes sure that there is such an agent.
  mutating func require(_ id: UUIDBits, at time: Timestamp) throws(Impossible) {
    if agents[id] != nil { return }
    guard isOpen else { throw Impossible("there is no user [\(id)]", .isMissing) }
    agents[id] = Agent(id: id, name: "User \(id)", email: "\(id)@sandbox.invalid", since: time)
  }

  mutating func set(status: RoutingStatus, of agent: inout Agent, at time: Timestamp) {
    let before = agent.status.value
    if agent.set(status: status, at: time) {
      changes.append(
        .init(
          change: .routingStatus(agent: agent.id, from: before, to: status),
          subject: .agent(agent.standing)))
    }
  }

  func isOccupied(_ agent: Agent) -> Bool {
    agent.legs.contains { leg in
      conversations[leg.conversation]?.communications
        .contains { $0.id == leg.communication && $0.occupies } ?? false
    }
  }

  /// Makes an agent a member of a queue, or changes what they do as one; nil takes them away.
  mutating func set(
    member id: UUIDBits, of queue: UUIDBits, to member: Queue.Member?, at time: Timestamp
  ) throws(Impossible) {
    guard let agent = agents[id] else { throw Impossible("there is no user [\(id)]", .isMissing) }
    guard let before = catalog.queues[queue] else {
      throw Impossible("there is no queue [\(queue)]", .isMissing)
    }
    guard before.members[id] != member else { return }
    catalog.queues[queue]?.members[id] = member
    catalog.queues[queue]?.modified = time
    changes.append(
      .init(
        change: .membership(queue: queue, agent: id, isJoined: member?.isJoined ?? false),
        subject: .agent(agent.standing)))
    offerWaiting(at: time)
  }
}
