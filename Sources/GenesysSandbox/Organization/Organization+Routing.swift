import ContactModel
import PatchbayCore

/// What the sandbox sees to by itself: who is offered a conversation that it was asked for, and who
/// leaves one when somebody hangs up.
extension Organization {
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
      if contact.queue != nil, let agent = agents[user], !isFree(agent) {
        throw Impossible("user [\(user)] isn't idle on queue, and so is offered nothing of a queue")
      }
    }
    if let queue = contact.queue, catalog.queues[queue] == nil {
      throw Impossible("there is no queue [\(queue)]", .isMissing)
    }
    let id = makeID()
    // Who is to be called back isn't there yet.
    try establish(party(.customer, contact), in: id, at: time)
    conversations[id]?.isRouted = true
    if contact.queue != nil { try establish(party(.acd, contact), in: id, at: time) }
    if let user = contact.user {
      try offer(id, to: user, at: time)
    } else if contact.queue != nil {
      waiting.append(id)
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
    agent.isOnQueue && agent.status.value == .idle && agent.legs.isEmpty
  }

  /// Offers what waits to those who are free; who has been idle longest comes first.
  mutating func offerWaiting(at time: Timestamp) {
    if waiting.isEmpty { return }
    var rest: [UUIDBits] = []
    for id in waiting {
      guard let conversation = conversations[id], conversation.end == nil else { continue }
      let acd = conversation.communications.last { $0.purpose == .acd && !$0.isOver }
      guard let acd, let queue = acd.queue.flatMap({ catalog.queues[$0] }) else { continue }
      let free = queue.joinedMembers.compactMap { agents[$0] }
        .filter { agent in isFree(agent) && acd.skills.allSatisfy(agent.skills.contains) }
      let longest = free.min {
        ($0.status.start, $0.id.high, $0.id.low) < ($1.status.start, $1.id.high, $1.id.low)
      }
      guard let longest else {
        rest.append(id)
        continue
      }
      try? offer(id, to: longest.id, at: max(time, acd.changed))
    }
    waiting = rest
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
    if let limit = queue?.alertingTime {
      schedule(Deadline(time: time.advanced(by: limit), .offer, id, communication))
    }
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
    if conversation.handover?.to == communication || conversation.handover?.from == communication {
      conversations[id]?.handover = nil
    }
    let left = conversation.communications.filter { !$0.isOver }
    func remain(_ purposes: Communication.Purpose...) -> Bool {
      left.contains { purposes.contains($0.purpose) }
    }
    switch before.purpose {
    case .customer, .external:
      if !remain(.customer, .external) { end(left, of: id, .peer, at: time) }
    case .agent:
      if before.state == .alerting, remain(.acd), !remain(.agent), conversation.isRouted {
        waiting.insert(id, at: 0)
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
      waiting.append(id)
      offerWaiting(at: time)
    }
  }
}
