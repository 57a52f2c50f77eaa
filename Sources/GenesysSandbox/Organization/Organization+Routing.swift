import ContactModel
import PatchbayCore

/// What the sandbox sees to by itself: who is offered a conversation that it was asked for, and who
/// leaves one when somebody hangs up.
extension Organization {
  /// How long it rings at a user who was called without a queue; the platform's isn't documented.
  private static let directAlertingTime = Duration.seconds(30)

  /// A conversation that a customer begins.
  struct Contact: Sendable {
    var medium: Conversation.Medium
    var user: UUIDBits?
    var queue: UUIDBits?
    var skills: [UUIDBits] = []
    var from: String?
    var to: String?
    var name: String?
    var attributes: [String: String] = [:]
    var callback: Communication.Callback?
  }

  /// Where a transfer goes.
  enum Destination: Sendable {
    case user(UUIDBits)
    case queue(UUIDBits)
  }

  /// Begins a conversation: the customer's part, the queue's if there is one, and an agent's, who is
  /// the one named, or the one of the queue who has been idle longest; it waits if there is none.
  ///
  /// - Returns: its id.
  /// - Throws: if there is no such user or queue, or the user can't take it.
  mutating func begin(_ contact: Contact, at time: Timestamp) throws(Impossible) -> UUIDBits {
    if let user = contact.user {
      try require(user, at: time)
      if let queue = contact.queue, let agent = agents[user] {
        if let found = catalog.queues[queue], found.members[user]?.isJoined != true {
          throw Impossible("user [\(user)] isn't a member of the queue")
        }
        if !isFree(agent) {
          throw Impossible(
            "user [\(user)] isn't idle on queue, and so is offered nothing of a queue")
        }
      }
    }
    if let queue = contact.queue, catalog.queues[queue] == nil {
      throw Impossible("there is no queue [\(queue)]", .isMissing)
    }
    let id = makeID()
    try establish(party(.customer, contact), in: id, at: time)
    conversations[id]?.isRouted = true
    if contact.queue != nil { try establish(party(.acd, contact), in: id, at: time) }
    if let user = contact.user {
      try offer(id, to: user, at: time)
    } else if let scheduled = contact.callback?.scheduled, scheduled > time {
      schedule(Deadline(time: scheduled, .callback, id, id))
    } else if contact.queue != nil {
      wait(id)
      offerWaiting(at: time)
    }
    return id
  }

  private mutating func party(
    _ purpose: Communication.Purpose, _ contact: Contact
  ) -> Establishment {
    Establishment(
      communication: makeID(), medium: contact.medium, purpose: purpose,
      queue: purpose == .acd ? contact.queue : nil, skills: contact.skills,
      address: contact.from, calledAddress: contact.to, name: contact.name, isAlerting: false,
      isInbound: true, needsAfterCallWork: false,
      attributes: purpose == .customer ? contact.attributes : [:], callback: contact.callback)
  }

  /// Whether an agent can be offered something: idle on queue, and nothing rings.
  private func isFree(_ agent: Agent) -> Bool {
    agent.profile.isActive && agent.isOnQueue && agent.status.value == .idle
      && agent.legs.isEmpty
  }

  /// Somebody who waits in a queue.
  struct Waiting: Sendable, Equatable {
    let conversation: UUIDBits
    let queue: UUIDBits
  }

  /// Lets a conversation wait in the queue whose part it has, unless it does already.
  ///
  /// - Parameter isFirst: whether before all others, as who has been offered already.
  mutating func wait(_ id: UUIDBits, isFirst: Bool = false) {
    let acd = conversations[id]?.communications.last { $0.purpose == .acd && !$0.isOver }
    guard let queue = acd?.queue, !waiting.contains(where: { $0.conversation == id }) else {
      return
    }
    let entry = Waiting(conversation: id, queue: queue)
    if isFirst { waiting.insert(entry, at: 0) } else { waiting.append(entry) }
  }

  /// Offers what waits to those who are free; of those with the lowest ring number, who has been idle
  /// longest comes first.
  mutating func offerWaiting(at time: Timestamp) {
    if waiting.isEmpty { return }
    var free: [UUIDBits: [Agent]] = [:]
    for queue in Set(waiting.map(\.queue)) { free[queue] = freeAgents(of: queue) }
    if free.values.allSatisfy(\.isEmpty) { return }
    var rest: [Waiting] = []
    for entry in waiting {
      guard let agents = free[entry.queue], !agents.isEmpty else {
        rest.append(entry)
        continue
      }
      guard let conversation = conversations[entry.conversation], conversation.end == nil,
        let acd = conversation.communications.last(where: { $0.purpose == .acd && !$0.isOver })
      else { continue }
      guard let agent = agents.first(where: { acd.skills.allSatisfy($0.skills.contains) }) else {
        rest.append(entry)
        continue
      }
      try? offer(entry.conversation, to: agent.id, at: max(time, acd.changed))
      for queue in free.keys { free[queue]?.removeAll { $0.id == agent.id } }
    }
    waiting = rest
  }

  /// Who can be offered something of a queue, in the order in which they are.
  private func freeAgents(of id: UUIDBits) -> [Agent] {
    guard let queue = catalog.queues[id] else { return [] }
    func order(_ agent: Agent) -> (Int, Timestamp, UInt64, UInt64) {
      (
        queue.members[agent.id]?.ringNumber ?? 1, agent.status.start, agent.id.high, agent.id.low
      )
    }
    return queue.members.compactMap { $1.isJoined ? agents[$0] : nil }.filter(isFree)
      .sorted { order($0) < order($1) }
  }

  /// Lets it ring at an agent.
  private mutating func offer(
    _ id: UUIDBits, to user: UUIDBits, at time: Timestamp
  ) throws(Impossible) {
    guard let conversation = conversations[id] else { return }
    let customer = conversation.communications.first { $0.purpose == .customer }
    let acd = conversation.communications.last { $0.purpose == .acd && !$0.isOver }
    let queue = acd?.queue.flatMap { catalog.queues[$0] }
    let communication = makeID()
    try establish(
      Establishment(
        communication: communication, medium: conversation.medium, purpose: .agent, user: user,
        queue: queue?.id, skills: acd?.skills ?? [], address: customer?.address,
        calledAddress: customer?.calledAddress, name: agents[user]?.name, isAlerting: true,
        isInbound: true, needsAfterCallWork: queue?.afterCallWork.isAskedFor ?? false,
        callback: customer?.callback),
      in: id, at: time)
    let limit = queue?.alertingTime ?? Self.directAlertingTime
    schedule(Deadline(time: time.advanced(by: limit), .offer, id, communication))
    if conversations[id]?.handover != nil { conversations[id]?.handover?.to = communication }
  }

  /// Somebody has answered: the queue's part ends, and that of whoever hands over.
  mutating func arrive(_ answered: Communication, in id: UUIDBits, at time: Timestamp) {
    guard let conversation = conversations[id], conversation.isRouted else { return }
    for part in conversation.communications where part.purpose == .acd && !part.isOver {
      try? change(part.id, of: id, .ended(.transfer), at: max(time, part.changed))
    }
    guard let handover = conversation.handover, handover.to == answered.id,
      let index = conversation.index(of: handover.from)
    else { return }
    conversations[id]?.handover = nil
    let from = conversation.communications[index]
    if !from.isOver {
      try? change(from.id, of: id, .ended(.transferConsult), at: max(time, from.changed))
    }
  }

  // MARK: Hanging up

  /// Ends a part, and those that end with it: a customer takes all with them, the last agent the
  /// customer; what an agent declined, or didn't answer, goes back to its queue.
  ///
  /// - Throws: if the part is over, or there is none.
  mutating func hangUp(
    _ communication: UUIDBits, of id: UUIDBits, _ type: DisconnectType, at time: Timestamp
  ) throws(Impossible) {
    let before = conversations[id].flatMap { conversation in
      conversation.index(of: communication).map { conversation.communications[$0] }
    }
    let time = max(time, before?.changed ?? time)
    try change(communication, of: id, .ended(type), at: time)
    guard let before, let conversation = conversations[id] else { return }
    let left = conversation.communications.filter { !$0.isOver }
    func remain(_ purposes: Communication.Purpose...) -> Bool {
      left.contains { purposes.contains($0.purpose) }
    }
    let goesBack =
      before.purpose == .agent && before.state == .alerting && remain(.acd)
      && conversation.isRouted
    if let handover = conversation.handover {
      if handover.to == communication, goesBack {
        conversations[id]?.handover?.to = handover.from
      } else if handover.to == communication || handover.from == communication {
        conversations[id]?.handover = nil
      }
    }
    switch before.purpose {
    case .customer, .external:
      if !remain(.customer, .external) { end(left, of: id, .peer, at: time) }
    case .agent:
      if goesBack {
        wait(id, isFirst: true)
        offerWaiting(at: time)
      } else if !remain(.agent, .acd) {
        end(left, of: id, .peer, at: time)
      }
    case .acd, .ivr, .workflow: break
    }
  }

  /// Ends everybody's part.
  ///
  /// - Throws: if there is no such conversation, or it is over.
  mutating func end(
    _ id: UUIDBits, _ type: DisconnectType, at time: Timestamp
  ) throws(Impossible) {
    guard let conversation = conversations[id] else {
      throw Impossible("there is no conversation [\(id)]", .isMissing)
    }
    if conversation.isOver { throw Impossible("conversation [\(id)] is over") }
    end(conversation.communications.filter { !$0.isOver }, of: id, type, at: time)
  }

  private mutating func end(
    _ communications: [Communication], of id: UUIDBits, _ type: DisconnectType, at time: Timestamp
  ) {
    for communication in communications {
      // It isn't the agent's fault that nobody answers any more.
      let type = communication.state == .alerting ? .peer : type
      try? change(communication.id, of: id, .ended(type), at: max(time, communication.changed))
    }
  }

  // MARK: Handing over

  /// Hands an agent's part over to a user or a queue.
  ///
  /// - Parameter isAttended: whether the agent stays until the other one has answered, as in a
  ///   consultation; else they leave at once.
  /// - Throws: if there is no such part or destination, or it isn't answered.
  mutating func handOver(
    _ communication: UUIDBits, of id: UUIDBits, to destination: Destination, isAttended: Bool,
    at time: Timestamp
  ) throws(Impossible) {
    guard let conversation = conversations[id], let index = conversation.index(of: communication)
    else { throw Impossible("there is no communication [\(communication)]", .isMissing) }
    let part = conversation.communications[index]
    let time = max(time, part.changed)
    if part.state != .connected { throw Impossible("communication [\(part.id)] is not connected") }
    if conversation.handover != nil { throw Impossible("a transfer is in progress") }
    switch destination {
    case .user(let user):
      if user == part.user { throw Impossible("user [\(user)] has the call already") }
      try require(user, at: time)
    case .queue(let queue):
      if catalog.queues[queue] == nil {
        throw Impossible("there is no queue [\(queue)]", .isMissing)
      }
    }
    conversations[id]?.isRouted = true
    if isAttended {
      conversations[id]?.handover = .init(from: part.id, to: part.id)
    } else {
      try change(part.id, of: id, .ended(.transfer), at: time)
    }
    switch destination {
    case .user(let user): try offer(id, to: user, at: time)
    case .queue(let queue):
      let customer = conversation.communications.first { $0.purpose == .customer }
      let contact = Contact(
        medium: conversation.medium, queue: queue, from: customer?.address,
        to: customer?.calledAddress, name: customer?.name)
      try establish(party(.acd, contact), in: id, at: time)
      wait(id)
      offerWaiting(at: time)
    }
  }
}
