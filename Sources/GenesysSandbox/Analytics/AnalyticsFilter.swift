import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// A filter of an analytics query: predicates on what something is, joined by and, or.
struct AnalyticsFilter {
  /// What a predicate can be about, and what a thing is in that respect: any number of values.
  typealias Values = (_ dimension: String) -> [String]

  private indirect enum Condition {
    case matches(dimension: String, value: String)
    case exists(dimension: String, Bool)
    case all([Condition])
    case any([Condition])

    func holds(_ values: Values) -> Bool {
      switch self {
      case .matches(let dimension, let value):
        values(dimension).contains { $0.lowercased() == value }
      case .exists(let dimension, let isThere): values(dimension).isEmpty != isThere
      case .all(let conditions): conditions.allSatisfy { $0.holds(values) }
      case .any(let conditions): conditions.contains { $0.holds(values) }
      }
    }
  }

  private let condition: Condition

  /// - Parameter dimensions: what predicates may be about.
  /// - Throws: 400, also for what the sandbox can't filter by.
  init(_ fields: BodyFields, dimensions: [String]) throws(Refusal) {
    condition = try Self.condition(fields, dimensions, mayNest: true)
  }

  /// The filters of a member, all of which must hold.
  static func list(
    _ name: String, in fields: BodyFields, dimensions: [String]
  ) throws(Refusal) -> [AnalyticsFilter] {
    var filters: [AnalyticsFilter] = []
    for (index, value) in try (fields.list(name) ?? []).enumerated() {
      filters.append(
        try AnalyticsFilter(BodyFields(value, at: "\(name)[\(index)]"), dimensions: dimensions))
    }
    return filters
  }

  func holds(_ values: Values) -> Bool { condition.holds(values) }

  private static func condition(
    _ fields: BodyFields, _ dimensions: [String], mayNest: Bool
  ) throws(Refusal) -> Condition {
    let type = try fields.required(
      "type",
      fields.choice("type", among: ["and", "or"]) { word in
        ["and", "or"].first { $0 == word.lowercased() }
      })
    var parts: [Condition] = []
    for (index, value) in try (fields.list("predicates") ?? []).enumerated() {
      parts.append(
        try predicate(
          BodyFields(value, at: "\(fields.place(of: "predicates"))[\(index)]"), dimensions))
    }
    if mayNest {
      for (index, value) in try (fields.list("clauses") ?? []).enumerated() {
        parts.append(
          try condition(
            BodyFields(value, at: "\(fields.place(of: "clauses"))[\(index)]"), dimensions,
            mayNest: false))
      }
    }
    if parts.isEmpty {
      throw .invalidField(
        fields.place(of: "predicates"), code: .constraintValidation,
        "expected at least one predicate or clause")
    }
    return type == "and" ? .all(parts) : .any(parts)
  }

  private static func predicate(
    _ fields: BodyFields, _ dimensions: [String]
  ) throws(Refusal) -> Condition {
    let dimension = try fields.required(
      "dimension",
      fields.choice("dimension", among: dimensions) { dimensions.contains($0) ? $0 : nil })
    _ = try fields.choice("type", among: ["dimension"]) { $0 == "dimension" ? $0 : nil }
    let operators = ["matches", "exists", "notExists"]
    switch try fields.choice("operator", among: operators, { operators.contains($0) ? $0 : nil }) {
    case "exists": return .exists(dimension: dimension, true)
    case "notExists": return .exists(dimension: dimension, false)
    default: break
    }
    // Ids are UUIDs; another text is a mistake that would find nothing.
    let value =
      dimension.hasSuffix("Id")
      ? try fields.required("value", fields.uuid("value")).description
      : try fields.required("value", fields.string("value")).lowercased()
    return .matches(dimension: dimension, value: value)
  }
}
