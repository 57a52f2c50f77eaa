import HTTPDelivery
import HTTPTransport
package import PatchbayCore
import PatchbayJSON

extension GenesysEventsInjector: Examinable {
  /// Reads the token's permissions, and which presences the organisation has.
  package func examine(_ context: StageContext) async throws -> [Check] {
    let connection = try await context.connection(options.connection, as: GenesysConnection.self)
    let session = try connection.openSession()
    let permissions = PlatformStep.Endpoint.allCases.map(\.permission.rawValue)
    return await session.checkPermissions(permissions, context)
      + [await checkPresences(session, context)]
  }

  /// Whether the presences that events will name exist.
  private func checkPresences(_ session: GenesysSession, _ context: StageContext) async -> Check {
    let path = "/api/v2/presence/definitions"
    let exchange = await session.read(path, context)
    guard case .success(let response) = exchange.ending,
      let entities = (try? JSONValue(parsing: response.body))?["entities"]?.array
    else {
      return .unchecked(
        "presences", "\(path) can't be read: \(exchange.platformExplanation.reason)",
        cure: "a run's presence events tell whether they are known")
    }
    let known = Set(entities.compactMap { $0["id"]?.string?.lowercased() })
    let missing = PlatformState.presences.filter { !known.contains($0.value) }.map(\.key).sorted()
    if missing.isEmpty { return .good("presences", "the organisation has all that events name") }
    return .doubtful(
      "presences", "the organisation lists no \(missing.joined(separator: ", "))",
      cure: "events for them may be refused; look at the presences of the organisation")
  }
}
