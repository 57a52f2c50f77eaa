import GenesysCloud
import HTTPDelivery
import HTTPTransport
package import PatchbayCore

extension GenesysNotificationsSource {
  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.events = .unknown("what the platform tells of the users")
    forecast.inputFiles = options.usersFile.map { [$0] } ?? []
    let connection = input.connection(options.connection, as: GenesysConnection.self)
    let channels = ChannelShare.deal(options.users, options.topics).count
    let isKnown = !options.users.isEmpty
    for (method, path) in [("POST", "channels"), ("PUT", "channels/.../subscriptions")] {
      forecast.requests.append(
        .init(
          "\(method) \(connection?.apiAddress ?? "")/api/v2/notifications/\(path)",
          isKnown ? .exactly(channels) : .unknown("one for each channel"),
          isLocal: connection?.isStandIn ?? true, allowed: connection?.allowedRequests(input),
          sharedLimit: options.connection,
          route: connection.flatMap { EnvironmentProxy.route(to: $0.apiAddress) }))
    }
    return forecast
  }
}

extension GenesysNotificationsSource: Examinable {
  /// Reads the token's permissions, of which some are needed after interruptions alone.
  package func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check] {
    let connection = try await context.connection(options.connection, as: GenesysConnection.self)
    let session = try connection.openSession()
    var permissions: [PlatformPermission] = []
    if options.topics.contains(.conversations) {
      permissions += [.viewConversation, .viewConversationDetail]
    }
    if options.topics != [.conversations] { permissions.append(.viewUserDetail) }
    return await session.checkPermissions(permissions.map(\.rawValue), context)
  }
}
