import GenesysCloud
import PatchbayCore
import PatchbayJSON

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

  /// The page without a count of all, as `QueueMemberEntityListing` has it: whether more follow is said by
  /// `nextUri` alone.
  func openListing(_ entities: [JSONValue], total: Int, path: String) -> JSONValue {
    func uri(_ page: Int) -> JSONValue { .string("\(path)?pageSize=\(size)&pageNumber=\(page)") }
    var members = JSONMembers()
    members.add("entities", .array(entities))
    members.add("pageNumber", .integer(number))
    members.add("pageSize", .integer(size))
    members.add("firstUri", uri(1))
    members.add("selfUri", uri(number))
    if number * size < total { members.add("nextUri", uri(number + 1)) }
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

/// The order of a list, as a query asks for it.
enum SortOrder {
  static let words = ["ASC", "DESC", "asc", "desc"]

  /// Whether the last comes first.
  static func isDescending(_ query: FormFields) throws(Refusal) -> Bool {
    try query.choice("sortOrder", among: words)?.lowercased() == "desc"
  }
}

extension FormFields {
  /// A parameter that is one of some words; nil without it.
  func choice(_ name: String, among words: [String]) throws(Refusal) -> String? {
    guard let text = self[name].last else { return nil }
    guard words.contains(text) else {
      throw .invalidQuery(name, text, allowed: words.joined(separator: ", "))
    }
    return text
  }

  /// A parameter that is `true` or `false`; nil without it.
  func optionalFlag(_ name: String) throws(Refusal) -> Bool? {
    try choice(name, among: ["true", "false"]).map { $0 == "true" }
  }
}
