import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// `UserDetailQueryFilter` and `SegmentDetailQueryFilter`: predicates on the user's id, joined by and, or.
struct UserFilter {
  private indirect enum Condition {
    case isUser(UUIDBits)
    case isAnyUser(Set<UUIDBits>)
    case all([Condition])
    case any([Condition])

    func holds(for id: UUIDBits) -> Bool {
      switch self {
      case .isUser(let user): user == id
      case .isAnyUser(let users): users.contains(id)
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
    if type == "and" { return .all(parts) }
    let users = parts.compactMap { if case .isUser(let user) = $0 { user } else { nil } }
    return users.count == parts.count ? .isAnyUser(Set(users)) : .any(parts)
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
