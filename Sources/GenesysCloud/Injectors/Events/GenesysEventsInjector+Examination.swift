import ContactModel
import HTTPDelivery
import HTTPTransport
package import PatchbayCore
import PatchbayJSON

extension GenesysEventsInjector: Examinable {
  /// Reads the token's permissions, and which presences the organisation has.
  package func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check] {
    let connection = try await context.connection(options.connection, as: GenesysConnection.self)
    let session = try connection.openSession()
    let permissions = PlatformStep.Endpoint.allCases.map(\.permission.rawValue)
    return await session.checkPermissions(permissions, context)
      + [await checkPresences(session, context)]
      + (await checkAgents(input.agents, isStandIn: connection.isStandIn, session, context))
  }

  /// Whether the organisation has the users whose events will come.
  private func checkAgents(
    _ agents: [Forecast.Agents], isStandIn: Bool, _ session: GenesysSession,
    _ context: StageContext
  ) async -> [Check] {
    var checks: [Check] = []
    for group in agents {
      switch group {
      case .invented where isStandIn: break
      case .invented:
        checks.append(
          .bad(
            "agents", "their ids are invented, so the organisation has no such users",
            cure: "give the source the id of a real user, such as \"agent_id\" of a scenario"))
      case .named(let ids):
        for id in ids.prefix(10) {
          checks.append(await checkAgent(id, isStandIn: isStandIn, session, context))
        }
      }
    }
    return checks
  }

  private func checkAgent(
    _ id: String, isStandIn: Bool, _ session: GenesysSession, _ context: StageContext
  ) async -> Check {
    let exchange = await session.read("/api/v2/users/\(id)", context)
    switch exchange.ending {
    case .success(let response):
      let name = (try? JSONValue(parsing: response.body))?["name"]?.string
      return .good("agent", "\(id) is \(name ?? "a user") there")
    case .refusal(let response) where response.status == 404 && isStandIn:
      return .doubtful(
        "agent", "the sandbox has no user \(id) yet",
        cure: "it joins with its first event, unless \"unknown_users\" is false")
    case .refusal(let response) where response.status == 404:
      return .bad(
        "agent", "the organisation has no user \(id)",
        cure: "give the id of a user: it stands in the address of the user's page")
    default:
      return .unchecked(
        "agent", "the user \(id) can't be read: \(exchange.platformExplanation.reason)")
    }
  }

  /// Whether the presences that events will name exist.
  private func checkPresences(_ session: GenesysSession, _ context: StageContext) async -> Check {
    let path = "/api/v2/presence/definitions"
    let exchange = await session.read(path, context)
    guard case .success(let response) = exchange.ending else {
      return .unchecked(
        "presences", "\(path) can't be read: \(exchange.platformExplanation.reason)",
        cure: "a run's presence events tell whether they are known")
    }
    guard let entities = (try? JSONValue(parsing: response.body))?["entities"]?.array else {
      return .unchecked("presences", "\(path) answered 200 with something else")
    }
    let known = Set(entities.compactMap { $0["id"]?.string?.lowercased() })
    let missing = SystemPresence.allCases.filter { !known.contains($0.idText) }
      .map(\.stateName).sorted()
    if missing.isEmpty { return .good("presences", "the organisation has all that events name") }
    return .doubtful(
      "presences", "the organisation lists no \(missing.joined(separator: ", "))",
      cure: "events for them may be refused; look at the presences of the organisation")
  }
}
