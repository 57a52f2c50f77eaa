import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// `UserDetailsQuery`, as far as the sandbox understands it: the interval, users by id, order and
/// paging.
struct UserDetailsQuery {
  private let interval: QueryInterval
  private let filters: [AnalyticsFilter]
  private let isDescending: Bool
  private let page: Page

  init(_ body: JSONValue) throws(Refusal) {
    let fields = try BodyFields(body)
    interval = try QueryInterval(fields)
    filters = try AnalyticsFilter.list("userFilters", in: fields, dimensions: ["userId"])
    for name in [
      "presenceFilters", "routingStatusFilters", "presenceAggregations",
      "routingStatusAggregations",
    ] where try !(fields.list(name) ?? []).isEmpty {
      throw .badRequest("the sandbox can't take [\(name)]")
    }
    isDescending = try QueryOrder.isDescending(fields)
    page = try Page(paging: fields)
  }

  /// `AnalyticsUserDetailsQueryResponse`.
  func answer(from organization: Organization) -> JSONValue {
    var agents = organization.agents.values
      .filter { agent in filters.allSatisfy { $0.holds { _ in [agent.id.description] } } }
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
            .init("systemPresence", .string(presence.system.analyticsName)),
            .init("organizationPresenceId", .string(presence.definition.description)),
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
      guard interval.touches(period.start, until: next) else { continue }
      var all: [JSONValue.Member] = [
        .init("startTime", .string(period.start.platformText))
      ]
      if let next { all.append(.init("endTime", .string(next.platformText))) }
      records.append(.object(all + members(period.value)))
    }
    return records
  }
}
