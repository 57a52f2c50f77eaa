import PatchbayCore
import PatchbayJSON

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
      do {
        for agent in try agents(in: path, since: now) { organization.hire(agent) }
      } catch let error as UnreadableInput {
        throw error
      } catch {
        throw PipelineError("the users of \(path) can't be used: \(error)", cause: error)
      }
    }
    return organization
  }

  /// The id of one of the users that `agents` asks for.
  static func agentID(_ index: Int, seed: UInt64) -> UUIDBits {
    var random = KeyedRandom(seed: seed, purpose: "genesys-sandbox agent", UInt64(index))
    return .version4(using: &random)
  }

  private static func agents(in path: String, since now: Timestamp) throws -> [Agent] {
    let limits = JSONLimits()
    let bytes = try InputFile.contents(of: path, upTo: limits.bytes + 1)
    let json = try JSONValue(parsing: bytes, limits: limits)
    guard let users = json["users"]?.array else {
      throw PipelineError("expected an object with the member \"users\", an array")
    }
    var seen: Set<UUIDBits> = []
    return try users.enumerated().map { index, user in
      guard let id = user["id"]?.string.flatMap({ UUIDBits(anyCase: $0) }) else {
        throw PipelineError("users[\(index)].id: expected a UUID")
      }
      guard seen.insert(id).inserted else {
        throw PipelineError("users[\(index)].id: \(id) is there twice")
      }
      for name in ["name", "email"] {
        if let value = user[name], value.string == nil {
          throw PipelineError("users[\(index)].\(name): expected a string, found \(value.kind)")
        }
      }
      return Agent(
        id: id, name: user["name"]?.string ?? "User \(id)",
        email: user["email"]?.string ?? "\(id)@sandbox.invalid", since: now)
    }
  }
}
