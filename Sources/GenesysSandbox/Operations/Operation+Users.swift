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
        "getUsers", "Lists users, in the order of their names.", tag: "Users",
        query: [
          .init("pageSize", .integer(1...500), doc: "How many a page holds."),
          .init("pageNumber", .integer(1...1_000_000), doc: "The page, from 1."),
          .init("id", .string, doc: "Only these users, by id, with commas between."),
          .init(
            "sortOrder", .choice(SortOrder.words), doc: "The order of names; `ASC` without it."),
          .init(
            "state", .choice(UserState.words), doc: "Which users; `active` without it."), expand,
        ], success: [200: .named("UserEntityListing")])
    ) { call, _ throws(Refusal) in
      let query = try call.query()
      let page = try Page(query, largest: 500)
      let names = try Self.expansions(query)
      let ids = try query["id"].isEmpty ? nil : Self.ids(in: query["id"])
      let isDescending = try SortOrder.isDescending(query)
      let state = try UserState(query)
      return Work { model throws(Refusal) in
        let organization = model.organization
        var all = (ids ?? Array(organization.agents.keys)).compactMap { organization.agents[$0] }
          .filter { state.includes($0) }
          .sorted { ($0.name, $0.id.high, $0.id.low) < ($1.name, $1.id.high, $1.id.low) }
        if isDescending { all.reverse() }
        let entities = page.slice(all).map { $0.json(expanding: names, in: organization.catalog) }
        return Answer(
          status: 200, body: page.listing(entities, total: all.count, path: "/api/v2/users"))
      }
    },
    Operation(
      .post, "/api/v2/users",
      doc: OperationDoc(
        "postUsers", "Adds a user, who is offline.", tag: "Users", body: .named("CreateUser"),
        success: [200: .named("User")], refusals: [409])
    ) { call, _ throws(Refusal) in
      let body = try BodyFields(call.json())
      let name = try body.required("name", body.string("name"))
      let email = try body.required("email", body.string("email"))
      _ = try body.string("password")
      let wish = try ProfileWish(body)
      return Work { model throws(Refusal) in
        try model.organization.require(unused: email)
        var agent = Agent(
          id: model.organization.makeID(), name: name, email: email, since: call.now)
        wish.apply(to: &agent)
        model.organization.hire(agent)
        return Answer(
          status: 200, body: agent.json(expanding: [], in: model.organization.catalog))
      }
    },
    Operation(
      .get, "/api/v2/users/me",
      doc: OperationDoc(
        "getUsersMe", "Shows the user whose token it is.", tag: "Users", query: [expand],
        success: [200: .named("User")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let user = try call.user()
      let names = try Self.expansions(call.query())
      return Work { model throws(Refusal) in
        guard let agent = model.organization.agents[user] else { throw .notFound }
        return Answer(
          status: 200, body: agent.json(expanding: names, in: model.organization.catalog))
      }
    },
    Operation(
      .get, "/api/v2/users/{userId}",
      doc: OperationDoc(
        "getUser", "Shows a user.", tag: "Users", query: [expand],
        success: [200: .named("User")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("userId")
      let names = try Self.expansions(call.query())
      return Work { model throws(Refusal) in
        guard let agent = model.organization.agents[id] else { throw .notFound }
        return Answer(
          status: 200, body: agent.json(expanding: names, in: model.organization.catalog))
      }
    },
    Operation(
      .patch, "/api/v2/users/{userId}",
      doc: OperationDoc(
        "patchUser",
        "Changes what is known of a user, whose version must be the one that they have.",
        tag: "Users", body: .named("UpdateUser"), success: [200: .named("User")],
        refusals: [404, 409])
    ) { call, _ throws(Refusal) in
      let id = try call.id("userId")
      let body = try BodyFields(call.json())
      let version = try body.required("version", body.integer("version", 1...Int.max))
      let name = try body.string("name")
      let email = try body.string("email")
      let wish = try ProfileWish(body)
      return Work { model throws(Refusal) in
        guard var agent = model.organization.agents[id] else { throw .notFound }
        guard agent.profile.version == version else {
          throw .conflict("the user is at version [\(agent.profile.version)], not [\(version)]")
        }
        if let email, email != agent.email { try model.organization.require(unused: email) }
        if let name { agent.name = name }
        if let email { agent.email = email }
        wish.apply(to: &agent)
        agent.profile.version += 1
        model.organization.hire(agent)
        return Answer(
          status: 200, body: agent.json(expanding: [], in: model.organization.catalog))
      }
    },
    Operation(
      .get, "/api/v2/users/{userId}/routingstatus",
      doc: OperationDoc(
        "getUserRoutingstatus",
        "Shows a user's routing status; for a user that isn't known it is OFF_QUEUE.",
        tag: "Users", success: [200: .named("RoutingStatus")], refusals: [404])
    ) { call, service throws(Refusal) in
      let id = try call.id("userId")
      return Work { model throws(Refusal) in
        let unknown: JSONValue = [
          "userId": .string(id.description), "status": .string(RoutingStatus.offQueue.rawValue),
        ]
        guard let agent = model.organization.agents[id] else {
          if service.options.isStrict { throw .notFound }
          return Answer(status: 200, body: unknown)
        }
        return Answer(status: 200, body: agent.routingStatusJSON)
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
          // An event may have been ahead.
          try organization.set(
            status: status, of: id,
            at: max(call.now, organization.agents[id]?.status.start ?? call.now))
        }
        return Answer(
          status: 200, body: model.organization.agents[id]?.routingStatusJSON ?? .null)
      }
    },
  ]

  static let expand = OperationDoc.Parameter(
    "expand", .string,
    doc: "What is shown too, of \(UserExpansion.allCases.map(\.rawValue).joined(separator: ", ")), "
      + "with commas between.")

  /// What a query wants to be shown of users too.
  static func expansions(_ query: FormFields) throws(Refusal) -> Set<UserExpansion> {
    var names: Set<UserExpansion> = []
    for text in query["expand"].flatMap({ $0.split(separator: ",") }) {
      guard let name = UserExpansion(rawValue: String(text)) else {
        throw .invalidQuery(
          "expand", String(text),
          allowed: UserExpansion.allCases.map(\.rawValue).joined(separator: ", "))
      }
      names.insert(name)
    }
    return names
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
      switch error.kind {
      case .isMissing: throw .missing(error.message)
      case .contradicts: throw .conflict(error.message)
      }
    }
  }
}

extension Organization {
  /// Makes sure that nobody has an address.
  fileprivate func require(unused email: String) throws(Refusal) {
    if agents.values.contains(where: { $0.email == email }) {
      throw .conflict("there is a user of the address [\(email.shortened(to: 64))] already")
    }
  }
}

/// What a request says of a user's page.
private struct ProfileWish {
  private let title: String?
  private let department: String?
  private let addresses: [JSONValue]?
  private let isActive: Bool?

  init(_ fields: BodyFields) throws(Refusal) {
    title = try fields.string("title")
    department = try fields.string("department")
    addresses = try fields.list("addresses")
    for (index, value) in (addresses ?? []).enumerated() {
      let contact = try BodyFields(value, at: "addresses[\(index)]")
      for name in ["address", "mediaType", "type", "extension", "countryCode", "display"] {
        _ = try contact.string(name)
      }
    }
    isActive = try fields.choice("state", among: ["active", "inactive"]) { word in
      ["active": true, "inactive": false][word]
    }
  }

  func apply(to agent: inout Agent) {
    if let title { agent.profile.title = title }
    if let department { agent.profile.department = department }
    if let addresses { agent.profile.addresses = addresses }
    if let isActive { agent.profile.isActive = isActive }
  }
}

/// Which users a list has, by whether they still work here.
private enum UserState: String, CaseIterable {
  case active
  case inactive
  case any

  static let words = allCases.map(\.rawValue)

  init(_ query: FormFields) throws(Refusal) {
    self =
      try query.choice("state", among: Self.words).flatMap { UserState(rawValue: $0) } ?? .active
  }

  func includes(_ agent: Agent) -> Bool {
    switch self {
    case .active: agent.profile.isActive
    case .inactive: !agent.profile.isActive
    case .any: true
    }
  }
}
