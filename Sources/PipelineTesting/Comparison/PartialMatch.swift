package import PatchbayCore
package import PatchbayJSON

/// Compares what a test writes with what was found.
package enum PartialMatch {
  /// Every difference, outermost first; none if it matches.
  package static func differences(
    _ expected: JSONValue, _ found: JSONValue?, at path: OptionPath
  ) -> [Difference] {
    switch (expected, found) {
    case (.null, nil), (.null, .null?): return []
    case (_, nil): return [Difference(path, "expected \(expected.text()), found nothing")]
    case (.object(let members), .object?):
      return members.flatMap { member in
        differences(member.value, found?[member.name], at: path.appending(member.name))
      }
    case (.array(let elements), .array(let others)?) where elements.count == others.count:
      return zip(elements, others).enumerated().flatMap { index, pair in
        differences(pair.0, pair.1, at: path.appending(index))
      }
    case (.string(let pattern), .string(let text)?) where Glob.matches(pattern, text): return []
    case (_, let found?):
      if expected == found { return [] }
      if let one = expected.number, let other = found.number, one == other { return [] }
      return [Difference(path, message(expected, found, at: path))]
    }
  }

  static func matches(_ expected: JSONValue, _ found: JSONValue) -> Bool {
    differences(expected, found, at: OptionPath()).isEmpty
  }

  /// Header values may be credentials: a difference in one isn't shown.
  private static func message(
    _ expected: JSONValue, _ found: JSONValue, at path: OptionPath
  ) -> String {
    let isHeader = path.components.contains(.name("headers"))
    return isHeader
      ? "is different (header values are not shown)"
      : "expected \(expected.text()), found \(found.shortText)"
  }
}

/// Patterns in which `*` stands for any text, the empty one too.
package enum Glob {
  /// Whether a text follows a pattern.
  package static func matches(_ pattern: String, _ text: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else {
      return pattern == text
    }
    guard text.hasPrefix(first) else { return false }
    var rest = text.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.count >= last.count && rest.hasSuffix(last)
  }
}

extension JSONValue {
  /// The value on one line, cut where it gets long, without the values of headers: they may be
  /// credentials.
  var shortText: String {
    let text = withoutHeaders.text()
    return text.count > 300 ? text.prefix(297) + "..." : text
  }

  private var withoutHeaders: JSONValue {
    guard let members = object, self["headers"]?.object != nil else { return self }
    return .object(members.filter { $0.name != "headers" })
  }
}
