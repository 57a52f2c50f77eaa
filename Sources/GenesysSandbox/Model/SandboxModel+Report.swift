import PatchbayCore
import PatchbayJSON

extension SandboxModel {
  /// The model as `GET /sandbox/state` shows it; names in order, so that equal models give equal
  /// texts.
  ///
  /// - Parameter includingEvents: whether every sequence id is listed.
  func report(includingEvents: Bool) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("requests", Self.object(counts.requests) { Self.object($0) { .integer($0) } }),
      .init("faults", faultCounts),
      .init("deliveries", .integer(counts.deliveries)),
      .init("effects", .integer(counts.effects)),
      .init("duplicates", .integer(counts.duplicates)),
      .init("refusals", .integer(counts.refusals)),
      .init("users", .integer(organization.agents.count)),
      .init("conversations", .integer(organization.conversations.count)),
      .init("agents", Self.states(counts.agents)),
      .init("interactions", Self.states(counts.interactions)),
      .init(
        "qa", ["received": .integer(counts.documentCount), "documents": .array(counts.documents)]),
    ]
    if includingEvents { members.append(.init("events", events)) }
    return .object(members)
  }

  private var faultCounts: JSONValue {
    .object(
      Fault.allCases.compactMap { fault in
        counts.faults[fault].map { .init(fault.rawValue, .integer($0)) }
      })
  }

  private var events: JSONValue {
    let inOrder = counts.records.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    return .object(
      inOrder.map { id, record in
        .init(
          String(decoding: id, as: UTF8.self),
          [
            "deliveries": .integer(record.deliveries),
            "effects": .integer(record.isAccepted ? 1 : 0),
          ])
      })
  }

  private static func states(_ states: [UUIDBits: CurrentState]) -> JSONValue {
    let inOrder = states.sorted {
      ($0.key.high, $0.key.low) < ($1.key.high, $1.key.low)
    }
    return .object(
      inOrder.map { id, current in
        .init(
          id.description,
          [
            "state": .string(current.state),
            "timestamp": .string(current.timestamp.description),
            "sequence_id": .string(current.sequenceID),
          ])
      })
  }

  private static func object<Value>(
    _ entries: [String: Value], _ render: (Value) -> JSONValue
  ) -> JSONValue {
    .object(entries.sorted { $0.key < $1.key }.map { .init($0.key, render($0.value)) })
  }
}
