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
  private static let limits = JSONLimits(bytes: 32 << 20, depth: 64)
  /// The most pages of an answer: 100 000 conversations.
  private static let mostPages = 1_000
  /// How soon a channel may have to be replaced, whatever its end says.
  private static let leastLife = Duration.seconds(1)

  let session: GenesysSession
  let sender: RequestSender
  /// Sends what isn't worth another try.
  let once: RequestSender
  let clock: any PipelineClock
  let isStandIn: Bool

  // MARK: Channels

  /// Makes a channel for topics.
  ///
  /// - Throws: `ChannelRefusal` that says why there is none; `CancellationError`.
  func makeChannel(for share: ChannelShare) async throws -> Channel {
    let made = try await json("POST", "/api/v2/notifications/channels")
    guard let id = made["id"]?.string, let address = made["connectUri"]?.string,
      Self.isChannelID(id)
    else {
      throw ChannelRefusal(
        description: "the platform made a channel without a usable \"id\" or \"connectUri\"",
        isFinal: true)
    }
    // Whoever has it can take our place at the channel.
    KnownSecrets.add(id, isPassing: true)
    let url: SocketURL
    do {
      url = try SocketURL(address, isStandIn: isStandIn)
    } catch {
      throw ChannelRefusal(description: "\(error)", isFinal: true)
    }
    let topics: JSONValue = .array(share.names.map { ["id": .string($0)] })
    try Self.checkTopics(try await json("PUT", subscriptions(of: id), topics))
    // The channel ends with its token, which may have been replaced while it was being made.
    let token = try await session.tokens.tokenAndRenewal().renewal
    let now = clock.now
    let renewal = min(token, Self.renewal(made.time("expires"), now: now))
    return Channel(id: id, url: url, renewal: max(renewal, now.advanced(by: Self.leastLife)))
  }

  /// Takes a channel's topics away, so that it doesn't stand in for one that is used.
  func release(_ channel: String) async {
    _ = try? await json("DELETE", subscriptions(of: channel), by: once)
  }

  private func subscriptions(of channel: String) -> String {
    "/api/v2/notifications/channels/\(channel)/subscriptions"
  }

  private static func isChannelID(_ id: String) -> Bool {
    (1...128).contains(id.utf8.count)
      && id.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
          || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
          || byte == UInt8(ascii: "_")
      }
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
    throw ChannelRefusal(
      description: "the platform rejects \(rejected.count) topics, the first being "
        + "\(OutsideText.shown(first["id"]?.string ?? ""))\(reason); check \"users\"", isFinal: true
    )
  }

  // MARK: Reading

  /// Users as they are now, with presence and routing status.
  func users(_ ids: ArraySlice<UUIDBits>) async throws -> [JSONValue] {
    let list = ids.map(\.description).joined(separator: ",")
    let answer = try await json(
      "GET", "/api/v2/users?pageSize=\(ids.count)&expand=presence,routingStatus&id=\(list)")
    return answer["entities"]?.array ?? []
  }

  /// The ids of the users of the organisation, each once.
  ///
  /// - Parameter most: after how many more than that nobody has to look.
  func allUsers(upTo most: Int) async throws -> [UUIDBits] {
    var users: [UUIDBits] = []
    var seen: Set<UUIDBits> = []
    for page in 1...max(1, most / 500 + 2) {
      let answer = try await json("GET", "/api/v2/users?pageSize=500&pageNumber=\(page)")
      let found = (answer["entities"]?.array ?? []).compactMap { $0.uuid("id") }
      users += found.filter { seen.insert($0).inserted }
      if found.isEmpty || page >= answer["pageCount"]?.integer ?? 0 { break }
    }
    return users
  }

  /// A conversation; nil if there is none any more.
  func conversation(_ id: UUIDBits) async throws -> JSONValue? {
    try await json("GET", "/api/v2/conversations/\(id)", mayBeMissing: true)
  }

  /// Reads all pages of a query of analytics.
  ///
  /// - Parameters:
  ///   - path: `/api/v2/analytics/users/details/query` or the like.
  ///   - filters: the member that holds the users.
  ///   - list: the member of the answer.
  ///   - take: takes each of the answer's entries, also of those pages that came before one that failed.
  func details(
    _ path: String, filters: String, list: String, of users: ArraySlice<UUIDBits>,
    since start: Timestamp, _ take: (JSONValue) -> Void
  ) async throws {
    // A minute more: nobody's clock is exactly the platform's.
    let end = clock.now.advanced(by: .seconds(60))
    let predicates = users.map { user -> JSONValue in
      [
        "type": "dimension", "dimension": "userId", "operator": "matches",
        "value": .string(user.description),
      ]
    }
    for page in 1...Self.mostPages {
      let query: JSONValue = .object([
        .init("interval", .string("\(start.platformText)/\(end.platformText)")),
        .init(filters, [["type": "or", "predicates": .array(predicates)]]),
        .init("paging", ["pageSize": 100, "pageNumber": .integer(page)]),
      ])
      let found = try await json("POST", path, query)[list]?.array ?? []
      for entry in found { take(entry) }
      if found.count < 100 { return }
    }
    throw PipelineError("\(path) has more than \(Self.mostPages) pages for \(users.count) users")
  }

  // MARK: Requests

  private func json(
    _ method: String, _ path: String, _ body: JSONValue? = nil, by sender: RequestSender? = nil
  ) async throws -> JSONValue {
    try await json(method, path, body, by: sender, mayBeMissing: false) ?? .null
  }

  private func json(
    _ method: String, _ path: String, _ body: JSONValue? = nil, by sender: RequestSender? = nil,
    mayBeMissing: Bool
  ) async throws -> JSONValue? {
    let exchange = await session.send(
      HTTPRequest(
        method: method, url: session.apiURL + path,
        headers: body == nil
          ? ["Accept": "application/json"]
          : ["Accept": "application/json", "Content-Type": "application/json"],
        body: body.map { Array($0.text().utf8) } ?? [], timeout: session.timeout,
        maximumResponseBytes: Self.limits.bytes),
      by: sender ?? self.sender, key: KeyedRandom.key(path.utf8))
    switch exchange.ending {
    case .success(let response):
      if response.isBodyDropped { throw refusal("answered more than can be read", method, path) }
      if response.body.isEmpty { return .null }
      do {
        return try JSONValue(parsing: response.body, limits: Self.limits)
      } catch {
        throw refusal("answered something that isn't JSON: \(error)", method, path)
      }
    case .refusal(let response) where response.status == 404 && mayBeMissing: return nil
    case .cancelled: throw CancellationError()
    case .refusal(let response):
      let isFinal = (400..<500).contains(response.status) && ![408, 429].contains(response.status)
      throw refusal(exchange.platformExplanation.reason, method, path, isFinal: isFinal)
    case .noAnswer, .unsent:
      throw refusal(exchange.platformExplanation.reason, method, path)
    }
  }

  /// The path without what tells who and where: a channel's id is as good as a key to it.
  private func refusal(
    _ reason: String, _ method: String, _ path: String, isFinal: Bool = false
  ) -> ChannelRefusal {
    let parts = path.prefix { $0 != "?" }.split(separator: "/").map { part in
      part.utf8.count > 30 ? "..." : String(part)
    }
    return ChannelRefusal(
      description: "\(method) /\(parts.joined(separator: "/")): \(reason)", isFinal: isFinal)
  }
}
