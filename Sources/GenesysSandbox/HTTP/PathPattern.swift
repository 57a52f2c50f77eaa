/// A path with named segments, such as `/api/v2/users/{userId}/routingstatus`.
struct PathPattern: Sendable {
  private enum Segment {
    case literal(Substring)
    case parameter(String)
  }

  /// The pattern as it is written.
  let text: String
  private let segments: [Segment]

  init(_ text: String) {
    self.text = text
    segments = Self.split(text).map { part in
      part.hasPrefix("{") ? .parameter(String(part.dropFirst().dropLast())) : .literal(part)
    }
  }

  /// Whether the pattern has no named segment.
  var isLiteral: Bool {
    segments.allSatisfy { if case .literal = $0 { true } else { false } }
  }

  /// The names of the segments that vary, in order.
  var parameters: [String] {
    segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
  }

  /// How many segments it has.
  var count: Int { segments.count }

  /// Whether it is tried first: where the two differ first, it has a literal.
  func precedes(_ other: PathPattern) -> Bool {
    for (mine, its) in zip(segments, other.segments) {
      switch (mine, its) {
      case (.literal, .parameter): return true
      case (.parameter, .literal): return false
      case (.literal, .literal), (.parameter, .parameter): continue
      }
    }
    return false
  }

  /// The values of the named segments, decoded; nil if the path isn't of this pattern.
  func match(_ path: [Substring]) -> [String: String]? {
    guard path.count == segments.count else { return nil }
    var values: [String: String] = [:]
    for (segment, part) in zip(segments, path) {
      switch segment {
      case .literal(let text): guard text == part else { return nil }
      case .parameter(let name):
        guard !part.isEmpty, let value = FormFields.decodePercents(part.utf8) else { return nil }
        values[name] = value
      }
    }
    return values
  }

  /// A path's segments, compared byte for byte.
  static func split(_ path: String) -> [Substring] {
    path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { $0 }
  }
}
