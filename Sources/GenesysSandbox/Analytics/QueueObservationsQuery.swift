import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// `QueueObservationQuery`: what there is in queues at this moment.
struct QueueObservationsQuery {
  /// What is observed of a queue.
  private enum Metric: String, CaseIterable {
    case oActiveUsers
    case oMemberUsers
    case oOnQueueUsers
    case oOffQueueUsers
    case oUserPresences
    case oUserRoutingStatuses
    case oInteracting
    case oAlerting
    case oWaiting

    /// Whether it is of conversations, which are observed medium by medium.
    var isOfConversations: Bool {
      switch self {
      case .oInteracting, .oAlerting, .oWaiting: true
      case .oActiveUsers, .oMemberUsers, .oOnQueueUsers, .oOffQueueUsers, .oUserPresences,
        .oUserRoutingStatuses:
        false
      }
    }
  }

  /// How many observations of one metric are told.
  private static let observationLimit = 100

  private let filter: AnalyticsFilter
  private let metrics: [Metric]
  private let detailed: [Metric]

  init(_ body: JSONValue) throws(Refusal) {
    let fields = try BodyFields(body)
    filter = try AnalyticsFilter(
      fields.required("filter", fields.object("filter")), dimensions: ["queueId", "mediaType"])
    let names = Metric.allCases.map(\.rawValue)
    func read(_ name: String) throws(Refusal) -> [Metric] {
      try fields.words(name, among: names).compactMap { Metric(rawValue: $0) }
    }
    let metrics = try read("metrics")
    detailed = try read("detailMetrics").filter(\.isOfConversations)
    // As on the platform, all of them if none is named.
    let named = metrics + detailed.filter { !metrics.contains($0) }
    self.metrics = named.isEmpty ? Metric.allCases : named
  }

  /// `QueueObservationQueryResponse`.
  func answer(from organization: Organization) -> JSONValue {
    let queues = organization.catalog.queues.values
      .filter { queue in
        Conversation.Medium.allCases.contains { holds(queue, $0) }
      }
      .sorted { ($0.id.high, $0.id.low) < ($1.id.high, $1.id.low) }
    var results: [JSONValue] = []
    for queue in queues {
      let ofUsers = metrics.filter { !$0.isOfConversations }
      if !ofUsers.isEmpty {
        let data = ofUsers.flatMap { observe($0, queue, organization) }
        results.append(
          ["group": ["queueId": .string(queue.id.description)], "data": .array(data)])
      }
      for medium in Conversation.Medium.allCases where holds(queue, medium) {
        let data = metrics.filter(\.isOfConversations).map {
          observe($0, queue, medium, organization)
        }
        if data.isEmpty { continue }
        let group: JSONValue = [
          "queueId": .string(queue.id.description), "mediaType": .string(medium.rawValue),
        ]
        results.append(["group": group, "data": .array(data)])
      }
    }
    return ["systemToOrganizationMappings": mappings(organization), "results": .array(results)]
  }

  private func holds(_ queue: Queue, _ medium: Conversation.Medium) -> Bool {
    filter.holds { $0 == "queueId" ? [queue.id.description] : [medium.rawValue] }
  }

  /// Which definitions count as which of the system's presences.
  private func mappings(_ organization: Organization) -> JSONValue {
    .object(
      SystemPresence.allCases.map { system in
        let own = organization.catalog.presences.filter { $0.system == system }
        return .init(system.analyticsName, .array(own.map { .string($0.id.description) }))
      })
  }

  /// `ObservationMetricData`: a metric of a queue's members.
  private func observe(
    _ metric: Metric, _ queue: Queue, _ organization: Organization
  ) -> [JSONValue] {
    let members = queue.members.keys.compactMap { organization.agents[$0] }
    let joined = members.filter { queue.members[$0.id]?.isJoined ?? false }
    switch metric {
    case .oActiveUsers: return [Self.data(metric, joined.count)]
    case .oMemberUsers: return [Self.data(metric, members.count)]
    case .oOnQueueUsers:
      return Self.data(metric, joined.filter(\.isOnQueue).map(\.status.value.rawValue))
    case .oOffQueueUsers:
      return Self.data(
        metric, joined.filter { !$0.isOnQueue }.map { $0.presence.value.definition.description })
    case .oUserPresences:
      return Self.data(metric, joined.map { $0.presence.value.definition.description })
    case .oUserRoutingStatuses: return Self.data(metric, joined.map(\.status.value.rawValue))
    case .oInteracting, .oAlerting, .oWaiting: return []
    }
  }

  private static func data(_ metric: Metric, _ count: Int) -> JSONValue {
    ["metric": .string(metric.rawValue), "stats": ["count": .integer(count)]]
  }

  /// One for each qualifier that occurs.
  private static func data(_ metric: Metric, _ qualifiers: [String]) -> [JSONValue] {
    let counts = Dictionary(qualifiers.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.sorted { $0.key < $1.key }.map { qualifier, count in
      [
        "metric": .string(metric.rawValue), "qualifier": .string(qualifier),
        "stats": ["count": .integer(count)],
      ]
    }
  }

  /// `ObservationMetricData`: a metric of a queue's conversations of a medium.
  private func observe(
    _ metric: Metric, _ queue: Queue, _ medium: Conversation.Medium, _ organization: Organization
  ) -> JSONValue {
    var found: [(Conversation, Communication)] = []
    let open = organization.open.compactMap { organization.conversations[$0] }
    for conversation in open where conversation.medium == medium {
      for part in conversation.communications where part.queue == queue.id {
        let counts =
          switch metric {
          case .oInteracting:
            part.purpose == .agent && (part.state == .connected || part.state == .transmitting)
          case .oAlerting: part.purpose == .agent && part.state == .alerting
          case .oWaiting: part.purpose == .acd && !part.isOver
          default: false
          }
        if counts { found.append((conversation, part)) }
      }
    }
    found.sort { ($0.1.established, $0.1.id.high) < ($1.1.established, $1.1.id.high) }
    var members = JSONMembers()
    members.add("metric", text: metric.rawValue)
    members.add("stats", ["count": .integer(found.count)])
    if detailed.contains(metric), !found.isEmpty {
      members.add("truncated", .bool(found.count > Self.observationLimit))
      members.add(
        "observations",
        .array(found.prefix(Self.observationLimit).map { Self.observation($0, $1, organization) }))
    }
    return members.json
  }

  /// `ObservationValue`.
  private static func observation(
    _ conversation: Conversation, _ part: Communication, _ organization: Organization
  ) -> JSONValue {
    let customer = conversation.communications.first { $0.purpose == .customer }
    var members = JSONMembers()
    members.add("observationDate", time: part.connected ?? part.established)
    members.add("conversationId", id: conversation.id)
    members.add("sessionId", id: part.id)
    if !part.skills.isEmpty {
      members.add(
        "requestedRoutingSkillIds", .array(part.skills.map { .string($0.description) }))
    }
    members.add("routingPriority", 0)
    members.add("participantName", text: customer?.name)
    members.add("userId", id: part.user)
    members.add("direction", text: conversation.isInbound ? "inbound" : "outbound")
    members.add("ani", text: customer?.address)
    members.add("dnis", text: customer?.calledAddress)
    return members.json
  }
}
