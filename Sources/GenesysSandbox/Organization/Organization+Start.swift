import ContactModel
import PatchbayCore

extension Organization {
  /// The organisation that options and a file ask for.
  ///
  /// - Throws: if the presences of the file can't be.
  static func start(
    _ options: SandboxOptions, _ file: OrganizationFile?, seed: UInt64, clock: any PipelineClock
  ) throws -> Organization {
    var ids = KeyedRandom(seed: seed, purpose: "genesys-sandbox organization")
    var organization = Organization(
      id: .version4(using: &ids), isOpen: options.admitsUnknownUsers && !options.isStrict,
      seed: seed)
    if options.agents == 0, file == nil { return organization }
    let now = clock.now
    for index in 0..<options.agents {
      let id = agentID(index, seed: seed)
      organization.hire(
        Agent(
          id: id, name: "Agent \(index + 1)", email: "agent\(index + 1)@sandbox.invalid",
          since: now))
    }
    if let file { try organization.setUp(file, at: now) }
    return organization
  }

  /// The id of one of the users that `agents` asks for.
  static func agentID(_ index: Int, seed: UInt64) -> UUIDBits {
    var random = KeyedRandom(seed: seed, purpose: "genesys-sandbox agent", UInt64(index))
    return .version4(using: &random)
  }

  private mutating func setUp(_ file: OrganizationFile, at now: Timestamp) throws(Impossible) {
    for skill in file.skills { catalog.skills[skill.id] = .init(id: skill.id, name: skill.name) }
    for code in file.wrapUpCodes {
      catalog.wrapUpCodes[code.id] = .init(id: code.id, name: code.name)
    }
    for presence in file.presences {
      catalog.presences.append(
        .init(id: presence.id, name: presence.name, system: presence.system, isSystem: false))
    }
    for user in file.users {
      var agent = Agent(
        id: user.id, name: user.name ?? "User \(user.id)",
        email: user.email ?? "\(user.id)@sandbox.invalid", since: now)
      for skill in user.skills.compactMap({ catalog.skill($0)?.id })
      where !agent.skills.contains(skill) {
        agent.skills.append(skill)
      }
      agent.lastLogin = user.lastLogin
      hire(agent)
      if let presence = user.presence.flatMap({ catalog.presence(named: $0) }) {
        try set(presence: AgentPresence(presence), of: user.id, at: now)
      }
    }
    for queue in file.queues {
      let codes = queue.wrapUpCodes.compactMap { name in
        catalog.wrapUpCodes.values.first { $0.name == name }?.id
      }
      catalog.queues[queue.id] = Queue(
        id: queue.id, name: queue.name,
        members: Dictionary(queue.members.map { ($0, Queue.Member()) }) { first, _ in first },
        wrapUpCodes: codes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } },
        afterCallWork: queue.afterCallWork,
        afterCallWorkTime: queue.afterCallWorkTime, alertingTime: queue.alertingTime,
        created: now, modified: now)
    }
    // Nobody is told of how it was at the start.
    changes = []
  }
}
