import ContactModel
import GenesysCloud
import HTTPDelivery
import HTTPTransport
import PatchbayCore
import PatchbayJSON

/// The platform's requests that watching takes, each within the connection's rate limit.
struct NotificationAPI: Sendable {
  /// A channel that was made.
  struct Channel: Sendable {
    let id: String
    let url: SocketURL
    /// When another has to take its place, on the run's clock.
    let renewal: Timestamp
  }

  /// How long before a channel's end another takes its place: the platform ends it after 24 hours.
  private static let lead = Duration.seconds(600)

  /// The longest answer: a hundred conversations, with all their segments.
  private static let responseLimit = 32 << 20

  let session: GenesysSession
  let sender: RequestSender
  let clock: any PipelineClock
  let isStandIn: Bool

  // MARK: Channels

  /// Makes a channel for topics.
  ///
  /// - Throws: `PipelineError` that says what the platform refused; `CancellationError`.
  func makeChannel(for share: ChannelShare) async throws -> Channel {
    // What it ends with; the request takes the same, or a later one.
    let renewal = try await session.tokens.tokenAndRenewal().renewal
    let made = try await json("POST", "/api/v2/notifications/channels")
    guard let id = made["id"]?.string, let address = made["connectUri"]?.string else {
      throw PipelineError("the platform made a channel without \"id\" or \"connectUri\"")
    }
    let url = try SocketURL(address, isStandIn: isStandIn)
    let topics: JSONValue = .array(share.names.map { ["id": .string($0)] })
    let answer = try await json("PUT", subscriptions(of: id), topics)
    try Self.checkTopics(answer)
    let expiry = made["expires"]?.string.flatMap { Timestamp($0) }
    return Channel(id: id, url: url, renewal: min(renewal, Self.renewal(expiry, now: clock.now)))
  }

  /// Takes a channel's topics away, so that it doesn't stand in for one that is used.
  func release(_ channel: String) async {
    _ = try? await json("DELETE", subscriptions(of: channel))
  }

  private func subscriptions(of channel: String) -> String {
    "/api/v2/notifications/channels/\(channel)/subscriptions"
  }

  private static func renewal(_ expiry: Timestamp?, now: Timestamp) -> Timestamp {
    guard let expiry else { return now.advanced(by: .seconds(23 * 3_600)) }
    let life = expiry.since(now)
    return expiry.advanced(by: .zero - min(lead, life / 10))
  }

  private static func checkTopics(_ answer: JSONValue) throws {
    let rejected = (answer["entities"]?.array ?? []).filter {
      $0["state"]?.string?.lowercased() == "rejected"
    }
    guard let first = rejected.first else { return }
    let reason = first["rejectionReason"]?.string.map { ": \(OutsideText.shown($0))" } ?? ""
    throw PipelineError(
      "the platform rejects \(rejected.count) topics, the first being "
        + "\(OutsideText.shown(first["id"]?.string ?? ""))\(reason); check \"users\"")
  }

  // MARK: Reading

  /// Users as they are now, with presence and routing status.
  func users(_ ids: ArraySlice<UUIDBits>) async throws -> [JSONValue] {
    let list = ids.map(\.description).joined(separator: ",")
    let answer = try await json(
      "GET", "/api/v2/users?pageSize=\(ids.count)&expand=presence,routingStatus&id=\(list)")
    return answer["entities"]?.array ?? []
  }

  /// The ids of all users of the organisation.
  func allUsers() async throws -> [UUIDBits] {
    var users: [UUIDBits] = []
    var page = 1
    while true {
      let answer = try await json("GET", "/api/v2/users?pageSize=500&pageNumber=\(page)")
      let found = (answer["entities"]?.array ?? []).compactMap {
        $0["id"]?.string.flatMap { UUIDBits(anyCase: $0) }
      }
      users += found
      guard !found.isEmpty, page < answer["pageCount"]?.integer ?? 0 else { return users }
      page += 1
    }
  }

  /// A conversation; nil if there is none any more.
  func conversation(_ id: UUIDBits) async throws -> JSONValue? {
    try await json("GET", "/api/v2/conversations/\(id)", mayBeMissing: true)
  }

  /// All pages of a query of analytics.
  ///
  /// - Parameters:
  ///   - path: `/api/v2/analytics/users/details/query` or the like.
  ///   - filters: the member that holds the users.
  ///   - list: the member of the answer.
  func details(
    _ path: String, filters: String, list: String, of users: ArraySlice<UUIDBits>,
    since start: Timestamp
  ) async throws -> [JSONValue] {
    // A minute more: nobody's clock is exactly the platform's.
    let end = clock.now.advanced(by: .seconds(60))
    let predicates = users.map { user -> JSONValue in
      [
        "type": "dimension", "dimension": "userId", "operator": "matches",
        "value": .string(user.description),
      ]
    }
    var found: [JSONValue] = []
    var page = 1
    while true {
      let query: JSONValue = .object([
        .init("interval", .string("\(start.platformText)/\(end.platformText)")),
        .init(filters, [["type": "or", "predicates": .array(predicates)]]),
        .init("paging", ["pageSize": 100, "pageNumber": .integer(page)]),
      ])
      let answer = try await json("POST", path, query)
      let part = answer[list]?.array ?? []
      found += part
      guard part.count == 100 else { return found }
      page += 1
    }
  }

  // MARK: Requests

  private func json(
    _ method: String, _ path: String, _ body: JSONValue? = nil
  ) async throws -> JSONValue {
    try await json(method, path, body, mayBeMissing: false) ?? .null
  }

  private func json(
    _ method: String, _ path: String, _ body: JSONValue? = nil, mayBeMissing: Bool
  ) async throws -> JSONValue? {
    let exchange = await session.send(
      HTTPRequest(
        method: method, url: session.apiURL + path,
        headers: body == nil
          ? ["Accept": "application/json"]
          : ["Accept": "application/json", "Content-Type": "application/json"],
        body: body.map { Array($0.text().utf8) } ?? [], timeout: session.timeout,
        maximumResponseBytes: Self.responseLimit),
      by: sender, key: KeyedRandom.key(path.utf8))
    switch exchange.ending {
    case .success(let response):
      if response.body.isEmpty { return .null }
      do {
        return try JSONValue(parsing: response.body)
      } catch {
        throw PipelineError(
          "\(method) \(path) answered something that isn't JSON: \(error)", cause: error)
      }
    case .refusal(let response) where response.status == 404 && mayBeMissing: return nil
    case .cancelled: throw CancellationError()
    case .refusal, .noAnswer, .unsent:
      throw PipelineError(
        "\(method) \(path.prefix { $0 != "?" }): \(exchange.platformExplanation.reason)")
    }
  }
}
