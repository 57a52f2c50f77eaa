import PatchbayCore
import PatchbayJSON

/// The members of an object in a report; what isn't as it should be is said with its place.
struct ReportMembers {
  /// Eighteen years in nanoseconds.
  static let greatest = 1 << 59
  /// How many objects there may be in an array: stages, thresholds, transitions, named events.
  private static let mostObjects = 100_000

  private let json: JSONValue
  private let path: String

  init(_ json: JSONValue, _ path: String) {
    self.json = json
    self.path = path
  }

  private func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  private func wrong(_ name: String, _ expected: String) -> PipelineError {
    let found = json[name]?.kindText ?? "nothing"
    return PipelineError("\(place(name)): expected \(expected), found \(found)")
  }

  func string(_ name: String) throws -> String {
    guard let text = json[name]?.string else { throw wrong(name, "a string") }
    return text
  }

  func optionalString(_ name: String) throws -> String? {
    isAbsent(name) ? nil : try string(name)
  }

  /// A whole number of something, or of nanoseconds; within bounds, so that some of them can be added.
  func integer(_ name: String) throws -> Int {
    guard let number = json[name]?.integer, (0...Self.greatest).contains(number) else {
      throw wrong(name, "an integer from 0 to 2^59")
    }
    return number
  }

  /// A number that may be missing, then 0.
  func count(_ name: String) throws -> Int { json[name] == nil ? 0 : try integer(name) }

  func number(_ name: String) throws -> Double {
    guard let number = json[name]?.number else { throw wrong(name, "a number") }
    return number
  }

  func optionalNumber(_ name: String) throws -> Double? {
    isAbsent(name) ? nil : try number(name)
  }

  func bool(_ name: String) throws -> Bool {
    guard let value = json[name]?.bool else { throw wrong(name, "true or false") }
    return value
  }

  func time(_ name: String) throws -> Timestamp {
    guard let time = Timestamp(try string(name)) else {
      throw wrong(name, "a time such as 2026-01-31T12:00:00Z")
    }
    return time
  }

  func strings(_ name: String) throws -> [String] {
    guard !isAbsent(name) else { return [] }
    guard let list = json[name]?.array else { throw wrong(name, "an array") }
    return try list.map { item in
      guard let text = item.string else { throw wrong(name, "an array of strings") }
      return text
    }
  }

  func object(_ name: String) throws -> ReportMembers {
    guard json[name]?.object != nil, let object = json[name] else {
      throw wrong(name, "an object")
    }
    return ReportMembers(object, place(name))
  }

  func optionalObject(_ name: String) throws -> ReportMembers? {
    isAbsent(name) ? nil : try object(name)
  }

  func objects(_ name: String) throws -> [ReportMembers] {
    guard !isAbsent(name) else { return [] }
    guard let list = json[name]?.array else { throw wrong(name, "an array") }
    guard list.count <= Self.mostObjects else {
      throw wrong(name, "at most \(Self.mostObjects) objects")
    }
    return try list.enumerated().map { index, item in
      guard item.object != nil else { throw wrong(name, "an array of objects") }
      return ReportMembers(item, place("\(name)[\(index)]"))
    }
  }

  /// The members of an object by their names, in their order.
  func each(_ name: String) throws -> [(name: String, value: JSONValue)] {
    guard !isAbsent(name) else { return [] }
    guard let members = json[name]?.object else { throw wrong(name, "an object") }
    return members.map { ($0.name, $0.value) }
  }

  /// An object that is a member of an object by its name.
  func inner(_ outer: String, _ name: String, _ value: JSONValue) -> ReportMembers {
    ReportMembers(value, place("\(outer).\(name)"))
  }

  /// Whether a member is true; one that is missing isn't.
  func isTrue(_ name: String) -> Bool { json[name]?.bool ?? false }

  func rows(_ name: String) throws -> [[String]] {
    guard let rows = json[name]?.array else { throw wrong(name, "an array") }
    return try rows.map { row in
      guard let cells = row.array?.compactMap(\.string), cells.count == row.array?.count else {
        throw wrong(name, "an array of arrays of strings")
      }
      return cells
    }
  }

  private func isAbsent(_ name: String) -> Bool { json[name] == nil || json[name] == .null }
}

extension JSONValue {
  /// The kind of value, with its article.
  fileprivate var kindText: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
