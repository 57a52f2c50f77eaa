import ContactModel
import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// What agents are doing, and what they did.
extension Operation {
  static let analytics: [Operation] = [
    Operation(
      .get, "/api/v2/analytics/agents/{userId}/status",
      access: .token(anyOf: [PlatformPermission.viewAgentState.rawValue]),
      doc: OperationDoc(
        "getAnalyticsAgentStatus", "Shows what an agent is doing now.", tag: "Analytics",
        success: [200: .named("AnalyticsAgentStateAgentResponse")], refusals: [404])
    ) { call, _ throws(Refusal) in
      let id = try call.id("userId")
      return Work { model throws(Refusal) in
        guard let agent = model.organization.agents[id] else { throw .notFound }
        return Answer(status: 200, body: model.organization.stateJSON(of: agent))
      }
    },
    Operation(
      .post, "/api/v2/analytics/users/details/query",
      access: .token(anyOf: [PlatformPermission.viewUserDetail.rawValue]),
      doc: OperationDoc(
        "postAnalyticsUsersDetailsQuery",
        "Finds the presences and routing statuses that users had in an interval.",
        tag: "Analytics", body: .named("UserDetailsQuery"),
        success: [200: .named("AnalyticsUserDetailsQueryResponse")])
    ) { call, _ throws(Refusal) in
      let query = try UserDetailsQuery(call.json())
      return Work { model throws(Refusal) in
        Answer(status: 200, body: query.answer(from: model.organization))
      }
    },
  ]
}

extension Organization {
  /// `AnalyticsAgentStateAgentResponse`.
  fileprivate func stateJSON(of agent: Agent) -> JSONValue {
    var members = JSONMembers()
    members.add("userId", id: agent.id)
    members.add("userName", text: agent.name)
    members.add("systemPresence", text: agent.presence.value.analyticsName)
    members.add("organizationPresenceId", text: agent.presence.value.idText)
    members.add("presenceDate", time: agent.presence.start)
    members.add("routingStatus", text: agent.status.value.rawValue)
    members.add("routingStatusDate", time: agent.status.start)
    members.add("isOutOfOffice", false)
    let sessions = agent.legs.compactMap(sessionJSON)
    members.add("sessionCount", .integer(sessions.count))
    members.add("sessions", .array(sessions))
    return members.json
  }

  private func sessionJSON(_ leg: Agent.Leg) -> JSONValue? {
    guard let conversation = conversations[leg.conversation],
      let index = conversation.index(of: leg.communication)
    else { return nil }
    let communication = conversation.communications[index]
    var members = JSONMembers()
    members.add("conversationId", id: conversation.id)
    members.add("sessionId", id: communication.id)
    members.add("sessionStart", time: communication.established)
    members.add("segmentStart", time: communication.changed)
    members.add("segmentType", text: communication.segmentType)
    members.add("routedQueueId", id: communication.queue)
    members.add("mediaType", text: conversation.medium.rawValue)
    members.add("originatingDirection", text: communication.isInbound ? "inbound" : "outbound")
    return members.json
  }
}

/// `UserDetailsQuery`, as far as the sandbox understands it: the interval, users by id, order and
/// paging.
struct UserDetailsQuery {
  private let start: Timestamp
  private let end: Timestamp
  private let filters: [UserFilter]
  private let isDescending: Bool
  private let page: Page

  init(_ body: JSONValue) throws(Refusal) {
    let fields = try BodyFields(body)
    let interval = try fields.required("interval", fields.string("interval"))
    let parts = interval.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = Timestamp(String(parts[0])),
      let end = Timestamp(String(parts[1])), start < end
    else {
      throw .invalidField(
        "interval", code: .invalidDate,
        "Intervals must be two ISO-8601 dates, the earlier first. For example: "
          + "2026-01-01T00:00:00.000Z/2026-01-02T00:00:00.000Z")
    }
    // The platform's limit for this query.
    if end.since(start) > .seconds(31 * 24 * 3600) {
      throw .invalidField("interval", "the interval is longer than 31 days")
    }
    self.start = start
    self.end = end
    var filters: [UserFilter] = []
    for (index, value) in try (fields.list("userFilters") ?? []).enumerated() {
      filters.append(try UserFilter(BodyFields(value, at: "userFilters[\(index)]")))
    }
    self.filters = filters
    for name in [
      "presenceFilters", "routingStatusFilters", "presenceAggregations",
      "routingStatusAggregations",
    ] where try !(fields.list(name) ?? []).isEmpty {
      throw .badRequest("the sandbox can't take [\(name)]")
    }
    let order = try fields.choice("order", among: ["asc", "desc"]) { word in
      ["asc", "desc"].first { $0 == word.lowercased() }
    }
    isDescending = order == "desc"
    let paging = try fields.object("paging")
    page = Page(
      size: try paging?.integer("pageSize", 1...100) ?? 25,
      number: try paging?.integer("pageNumber", 1...1_000_000) ?? 1)
  }

  /// `AnalyticsUserDetailsQueryResponse`.
  func answer(from organization: Organization) -> JSONValue {
    var agents = organization.agents.values
      .filter { agent in filters.allSatisfy { $0.holds(for: agent.id) } }
      .sorted { ($0.id.high, $0.id.low) < ($1.id.high, $1.id.low) }
    if isDescending { agents.reverse() }
    return [
      "userDetails": .array(page.slice(agents).map(details)),
      "totalHits": .integer(agents.count),
    ]
  }

  private func details(of agent: Agent) -> JSONValue {
    [
      "userId": .string(agent.id.description),
      "primaryPresence": .array(
        records(of: agent.presences) { presence in
          [
            .init("systemPresence", .string(presence.analyticsName)),
            .init("organizationPresenceId", .string(presence.idText)),
          ]
        }),
      "routingStatus": .array(
        records(of: agent.statuses) { [.init("routingStatus", .string($0.rawValue))] }),
    ]
  }

  /// The periods that touch the interval; the one that still lasts has no end.
  private func records<Value>(
    of periods: [Agent.Period<Value>], _ members: (Value) -> [JSONValue.Member]
  ) -> [JSONValue] {
    var records: [JSONValue] = []
    for (index, period) in periods.enumerated() {
      let next = index + 1 < periods.count ? periods[index + 1].start : nil
      guard period.start < end, next.map({ $0 > start }) ?? true else { continue }
      var all: [JSONValue.Member] = [
        .init("startTime", .string(period.start.platformText))
      ]
      if let next { all.append(.init("endTime", .string(next.platformText))) }
      records.append(.object(all + members(period.value)))
    }
    return records
  }
}

/// `UserDetailQueryFilter`: predicates on the user's id, joined by and, or.
struct UserFilter {
  private indirect enum Condition {
    case isUser(UUIDBits)
    case all([Condition])
    case any([Condition])

    func holds(for id: UUIDBits) -> Bool {
      switch self {
      case .isUser(let user): user == id
      case .all(let conditions): conditions.allSatisfy { $0.holds(for: id) }
      case .any(let conditions): conditions.contains { $0.holds(for: id) }
      }
    }
  }

  private let condition: Condition

  init(_ fields: BodyFields) throws(Refusal) {
    condition = try Self.condition(fields, mayNest: true)
  }

  func holds(for id: UUIDBits) -> Bool { condition.holds(for: id) }

  private static func condition(
    _ fields: BodyFields, mayNest: Bool
  ) throws(Refusal) -> Condition {
    let type = try fields.required(
      "type",
      fields.choice("type", among: ["and", "or"]) { word in
        ["and", "or"].first { $0 == word.lowercased() }
      })
    var parts: [Condition] = []
    for (index, value) in try (fields.list("predicates") ?? []).enumerated() {
      parts.append(
        try predicate(BodyFields(value, at: "\(fields.place(of: "predicates"))[\(index)]")))
    }
    if mayNest {
      for (index, value) in try (fields.list("clauses") ?? []).enumerated() {
        parts.append(
          try condition(
            BodyFields(value, at: "\(fields.place(of: "clauses"))[\(index)]"), mayNest: false))
      }
    }
    if parts.isEmpty {
      throw .invalidField(
        fields.place(of: "predicates"), code: .constraintValidation,
        "expected at least one predicate or clause")
    }
    return type == "and" ? .all(parts) : .any(parts)
  }

  private static func predicate(_ fields: BodyFields) throws(Refusal) -> Condition {
    _ = try fields.required(
      "dimension",
      fields.choice("dimension", among: ["userId"]) { $0 == "userId" ? $0 : nil })
    _ = try fields.choice("operator", among: ["matches"]) { $0 == "matches" ? $0 : nil }
    _ = try fields.choice("type", among: ["dimension"]) { $0 == "dimension" ? $0 : nil }
    return .isUser(try fields.required("value", fields.uuid("value")))
  }
}
