import ContactModel
import PatchbayCore

extension Organization {
  /// The organisation that options ask for.
  ///
  /// - Throws: `PipelineError` if the file of users can't be read or used.
  static func start(
    _ options: SandboxOptions, seed: UInt64, clock: any PipelineClock
  ) throws -> Organization {
    var ids = KeyedRandom(seed: seed, purpose: "genesys-sandbox organization")
    var organization = Organization(
      id: .version4(using: &ids), isOpen: options.admitsUnknownUsers)
    if options.agents == 0, options.seedData == nil { return organization }
    let now = clock.now
    for index in 0..<options.agents {
      let id = agentID(index, seed: seed)
      organization.hire(
        Agent(
          id: id, name: "Agent \(index + 1)", email: "agent\(index + 1)@sandbox.invalid",
          since: now))
    }
    if let path = options.seedData {
      for user in try UserFile.users(in: path) {
        organization.hire(
          Agent(
            id: user.id, name: user.name ?? "User \(user.id)",
            email: user.email ?? "\(user.id)@sandbox.invalid", since: now))
      }
    }
    return organization
  }

  /// The id of one of the users that `agents` asks for.
  static func agentID(_ index: Int, seed: UInt64) -> UUIDBits {
    var random = KeyedRandom(seed: seed, purpose: "genesys-sandbox agent", UInt64(index))
    return .version4(using: &random)
  }
}
