import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// `ConversationAggregationQuery`, as far as the sandbox understands it: metrics by groups and, with a
/// granularity, by parts of the interval.
struct ConversationAggregatesQuery {
  /// What can be grouped and filtered by.
  private static let dimensions = [
    "conversationId", "direction", "disconnectType", "mediaType", "originatingDirection", "purpose",
    "queueId", "requestedRoutingSkillId", "userId", "wrapUpCode",
  ]

  private let interval: QueryInterval
  private let granularity: Duration?
  private let groups: [String]
  private let filter: AnalyticsFilter?
  private let metrics: [SessionMetric.Name]

  init(_ body: JSONValue) throws(Refusal) {
    let fields = try BodyFields(body)
    interval = try QueryInterval(fields, atMost: .seconds(366 * 24 * 3600))
    granularity = try fields.string("granularity").map { text throws(Refusal) in
      guard let duration = Duration(isoText: text) else {
        throw .invalidField(
          "granularity", "expected a period such as PT30M or P1D, found [\(text.shortened(to: 64))]"
        )
      }
      return duration
    }
    if let granularity, interval.end.since(interval.start) / granularity > 10_000 {
      throw .invalidField("granularity", "the interval has more than 10000 such parts")
    }
    groups = try fields.words("groupBy", among: Self.dimensions)
    filter = try fields.object("filter").map { filter throws(Refusal) in
      try AnalyticsFilter(filter, dimensions: Self.dimensions)
    }
    let names = SessionMetric.Name.allCases.map(\.rawValue)
    let metrics = try fields.words("metrics", among: names)
    // As on the platform, all of them if none is named.
    self.metrics = (metrics.isEmpty ? names : metrics).compactMap {
      SessionMetric.Name(rawValue: $0)
    }
    _ = try fields.bool("flattenMultivaluedDimensions")
    for name in ["views", "alternateTimeDimension", "sortMetric", "limit", "queryType"]
    where fields.has(name) {
      throw .badRequest("the sandbox can't take [\(name)]")
    }
    if let zone = try fields.string("timeZone"), !["UTC", "Etc/UTC", "Z"].contains(zone) {
      throw .badRequest(
        "the sandbox takes parts of the interval in UTC alone, not in [\(zone.shortened(to: 64))]")
    }
  }

  /// `ConversationAggregateQueryResponse`.
  func answer(from organization: Organization) -> JSONValue {
    var results: [Group: [Int: [SessionMetric.Name: Statistics]]] = [:]
    for conversation in organization.conversations.values {
      for communication in conversation.communications {
        let values = { (dimension: String) in communication.values(dimension, of: conversation) }
        guard filter?.holds(values) ?? true else { continue }
        let found = conversation.metrics(of: communication)
          .filter { interval.start <= $0.emitted && $0.emitted < interval.end }
        guard !found.isEmpty, let group = Group(groups, values) else { continue }
        for metric in found {
          add(metric, to: &results[group, default: [:]][part(of: metric.emitted), default: [:]])
        }
      }
    }
    let inOrder = results.sorted { $0.key.text < $1.key.text }
    return ["results": .array(inOrder.compactMap { json($0.key, $0.value) })]
  }

  private func add(
    _ metric: SessionMetric, to statistics: inout [SessionMetric.Name: Statistics]
  ) {
    statistics[metric.name, default: Statistics()].add(metric.value)
    // Answers and givings-up are what a service level is of.
    guard [.tAnswered, .tAbandon].contains(metric.name) else { return }
    let isInTime =
      metric.name == .tAnswered
      && .milliseconds(metric.value) <= Conversation.serviceLevel.wait
    statistics[.oServiceLevel, default: Statistics()].add(isInTime ? 1 : 0)
  }

  private func part(of time: Timestamp) -> Int {
    granularity.map { Int(time.since(interval.start) / $0) } ?? 0
  }

  private func json(
    _ group: Group, _ parts: [Int: [SessionMetric.Name: Statistics]]
  ) -> JSONValue? {
    var data: [JSONValue] = []
    for (part, statistics) in parts.sorted(by: { $0.key < $1.key }) {
      let metrics = metrics.compactMap { name in statistics[name].map { $0.json(name) } }
      if metrics.isEmpty { continue }
      data.append(["interval": .string(text(of: part)), "metrics": .array(metrics)])
    }
    return data.isEmpty ? nil : ["group": group.json, "data": .array(data)]
  }

  private func text(of part: Int) -> String {
    guard let granularity else {
      return "\(interval.start.platformText)/\(interval.end.platformText)"
    }
    let start = interval.start.advanced(by: granularity * part)
    return
      "\(start.platformText)/\(min(start.advanced(by: granularity), interval.end).platformText)"
  }
}

/// What results stand under: the medium always, as on the platform, and what was asked for.
private struct Group: Hashable {
  private let members: [String]

  /// Nil if it lacks what is grouped by.
  init?(_ dimensions: [String], _ values: AnalyticsFilter.Values) {
    var members: [String] = []
    for dimension in ["mediaType"] + dimensions where !members.contains(dimension) {
      guard let value = values(dimension).first else { return nil }
      members += [dimension, value]
    }
    self.members = members
  }

  /// For the order of results.
  var text: String { members.joined(separator: " ") }

  var json: JSONValue {
    .object(
      stride(from: 0, to: members.count, by: 2).map {
        .init(members[$0], .string(members[$0 + 1]))
      })
  }
}

/// Numbers of one metric.
private struct Statistics {
  private var count = 0
  private var sum = 0
  private var least = Int.max
  private var most = 0

  mutating func add(_ value: Int) {
    count += 1
    sum += value
    least = min(least, value)
    most = max(most, value)
  }

  /// `AggregateMetricData`.
  func json(_ name: SessionMetric.Name) -> JSONValue {
    var stats = JSONMembers()
    if name == .oServiceLevel {
      stats.add("ratio", .number(Double(sum) / Double(count)))
      stats.add("numerator", .number(Double(sum)))
      stats.add("denominator", .number(Double(count)))
      stats.add("target", .number(Conversation.serviceLevel.share))
    } else if name.isTime {
      stats.add("max", .integer(most))
      stats.add("min", .integer(least))
      stats.add("count", .integer(count))
      stats.add("sum", .integer(sum))
    } else {
      stats.add("count", .integer(sum))
    }
    return ["metric": .string(name.rawValue), "stats": stats.json]
  }
}

extension Duration {
  /// Reads a period of days, hours, minutes and seconds (ISO 8601): `P1D`, `PT30M`.
  fileprivate init?(isoText text: String) {
    var rest = text[...]
    guard rest.popFirst() == "P" else { return nil }
    var seconds = 0
    var isTime = false
    while let first = rest.first {
      if first == "T", !isTime {
        isTime = true
        rest.removeFirst()
        continue
      }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(digits), number < 100_000 else { return nil }
      rest = rest.dropFirst(digits.count)
      switch (rest.popFirst(), isTime) {
      case ("W", false): seconds += number * 604_800
      case ("D", false): seconds += number * 86_400
      case ("H", true): seconds += number * 3_600
      case ("M", true): seconds += number * 60
      case ("S", true): seconds += number
      default: return nil
      }
    }
    guard seconds > 0 else { return nil }
    self = .seconds(seconds)
  }
}
