import ContactModel
import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// Users, their routing status and their presence.
extension Operation {
  static let users: [Operation] = [
    Operation(
      .get, "/api/v2/users",
      doc: OperationDoc(
        "getUsers", "Lists users.", tag: "Users",
        query: [
          .init("pageSize", .integer(1...500), doc: "How many a page holds."),
          .init("pageNumber", .integer(1...1_000_000), doc: "The page, from 1."),
          .init("id", .string, doc: "Only these users, by id, with commas between."),
          expand,
        ], success: [200: .named("UserEntityListing")])
    ) { call, _ throws(Refusal) in
      let query = try call.query()
      let page = try Page(query, largest: 500)
      let names = Self.names(in: query["expand"])
      let ids = try query["id"].isEmpty ? nil : Self.ids(in: query["id"])
      return Work { model throws(Refusal) in
        let agents = model.organization.agents
        let all = (ids ?? Array(agents.keys)).compactMap { agents[$0] }
          .sorted { ($0.id.high, $0.id.low) < ($1.id.high, $1.id.low) }
        let entities = page.slice(all).map { $0.json(expanding: names) }
        return Answer(
          status: 200, body: page.listing(entities, total: all.count, path: "/api/v2/users"))
      }
    },
    Operation(
      .get, "/api/v2/users/me",
      doc: OperationDoc(
        "getUsersMe", "Shows the user whose token it is.", tag: "Users", query: [expand],
        success: [200: .named("User")], refusals: [404])
    ) { call, _ throws(Refusal) in
      // As on the platform: client credentials have no user behind them.
      guard let user = call.caller?.user else {
        throw .badRequest("this request requires a user context; client credentials have none")
      }
      let names = Self.names(in: try call.query()["expand"])
      return Work { model throws(Refusal) in
        guard let agent = model.organization.agents[user] else { throw .notFound }
        return Answer(status: 200, body: agent.json(expanding: names))
      }
    },
    Operation(
      .get, "/api/v2/users/{userId}",
      doc: OperationDoc(
        "getUser", "Shows a user.", tag: "Users", query: [expand],
        success: [200: .named("User")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("userId")
      let names = Self.names(in: try call.query()["expand"])
      return Work { model throws(Refusal) in
        guard let agent = model.organization.agents[id] else { throw .notFound }
        return Answer(status: 200, body: agent.json(expanding: names))
      }
    },
    Operation(
      .get, "/api/v2/users/{userId}/routingstatus",
      doc: OperationDoc(
        "getUserRoutingstatus",
        "Shows a user's routing status; for a user that isn't known it is OFF_QUEUE.",
        tag: "Users", success: [200: .named("RoutingStatus")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("userId")
      return Work { model throws(Refusal) in
        let unknown: JSONValue = [
          "userId": .string(id.description), "status": .string(RoutingStatus.offQueue.rawValue),
        ]
        return Answer(
          status: 200, body: model.organization.agents[id]?.routingStatusJSON ?? unknown)
      }
    },
    Operation(
      .put, "/api/v2/users/{userId}/routingstatus",
      doc: OperationDoc(
        "putUserRoutingstatus",
        "Sets a user's routing status, as far as their presence and interactions allow it.",
        tag: "Users", body: .named("RoutingStatusRequest"),
        success: [200: .named("RoutingStatus")], refusals: [404, 409])
    ) { call, _ throws(Refusal) in
      let id = try call.id("userId")
      let body = try BodyFields(call.json())
      let status = try body.required(
        "status",
        body.choice("status", among: RoutingStatus.allCases.map(\.rawValue)) {
          RoutingStatus(rawValue: $0.uppercased())
        })
      return Work { model throws(Refusal) in
        try model.attempt { organization throws(Organization.Impossible) in
          try organization.set(status: status, of: id, at: call.now)
        }
        return Answer(
          status: 200, body: model.organization.agents[id]?.routingStatusJSON ?? .null)
      }
    },
  ]

  static let expand = OperationDoc.Parameter(
    "expand", .string, doc: "`presence`, `routingStatus` or both, with a comma between.")

  /// Names in a query, repeated or with commas between.
  static func names(in values: [String]) -> Set<String> {
    Set(values.flatMap { $0.split(separator: ",") }.map { String($0) })
  }

  /// Ids in a query, repeated or with commas between.
  static func ids(in values: [String]) throws(Refusal) -> [UUIDBits] {
    var ids: [UUIDBits] = []
    for text in values.flatMap({ $0.split(separator: ",") }) {
      guard let id = UUIDBits(anyCase: String(text)) else {
        throw .invalidQuery("id", String(text), allowed: "UUIDs with commas between")
      }
      if !ids.contains(id) { ids.append(id) }
    }
    return ids
  }
}

extension SandboxModel {
  /// Changes the organisation by a request that has no event's id.
  ///
  /// - Throws: 404 for a user that there isn't, 409 for what can't happen as things stand.
  mutating func attempt(
    _ body: (inout Organization) throws(Organization.Impossible) -> Void
  ) throws(Refusal) {
    do throws(Organization.Impossible) {
      try body(&organization)
    } catch {
      throw error.message.hasPrefix("there is no") ? .notFound : .conflict(error.message)
    }
  }
}

/// One page of a list, as a query asks for it.
struct Page {
  let size: Int
  let number: Int

  init(_ query: FormFields, largest: Int) throws(Refusal) {
    size = try Self.integer("pageSize", query, 1...largest) ?? 25
    number = try Self.integer("pageNumber", query, 1...1_000_000) ?? 1
  }

  init(size: Int, number: Int) {
    self.size = size
    self.number = number
  }

  /// The elements on it.
  func slice<Element>(_ all: [Element]) -> ArraySlice<Element> {
    all.dropFirst((number - 1) * size).prefix(size)
  }

  /// The page with what clients want to know of the others.
  func listing(_ entities: [JSONValue], total: Int, path: String) -> JSONValue {
    let pages = (total + size - 1) / size
    func uri(_ page: Int) -> JSONValue { .string("\(path)?pageSize=\(size)&pageNumber=\(page)") }
    var members = JSONMembers()
    members.add("entities", .array(entities))
    members.add("pageSize", .integer(size))
    members.add("pageNumber", .integer(number))
    members.add("total", .integer(total))
    members.add("pageCount", .integer(pages))
    members.add("selfUri", uri(number))
    members.add("firstUri", uri(1))
    members.add("lastUri", uri(max(1, pages)))
    if number < pages { members.add("nextUri", uri(number + 1)) }
    if number > 1 { members.add("previousUri", uri(number - 1)) }
    return members.json
  }

  static func integer(
    _ name: String, _ query: FormFields, _ range: ClosedRange<Int>
  ) throws(Refusal) -> Int? {
    guard let text = query[name].last else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .invalidQuery(name, text, allowed: "\(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
