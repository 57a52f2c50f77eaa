/// Values by path, where paths may have named segments; a literal segment is preferred to a named one,
/// from the left on.
struct PathTable<Value: Sendable>: Sendable {
  /// A path that fits, with the values of its named segments.
  struct Match {
    var value: Value
    var parameters: [String: String]
  }

  private let literal: [String: Value]
  private let patterns: [Int: [(pattern: PathPattern, value: Value)]]

  /// - Parameter paths: each once.
  init(_ paths: [(path: String, value: Value)]) {
    var literal: [String: Value] = [:]
    var patterns: [Int: [(pattern: PathPattern, value: Value)]] = [:]
    for (path, value) in paths {
      let pattern = PathPattern(path)
      if pattern.isLiteral {
        literal[path] = value
      } else {
        patterns[pattern.count, default: []].append((pattern, value))
      }
    }
    self.literal = literal
    self.patterns = patterns.mapValues { $0.sorted { $0.pattern.precedes($1.pattern) } }
  }

  /// The path that fits best.
  func match(_ path: String) -> Match? {
    if let value = literal[path] { return Match(value: value, parameters: [:]) }
    let segments = PathPattern.split(path)
    for (pattern, value) in patterns[segments.count] ?? [] {
      if let parameters = pattern.match(segments) {
        return Match(value: value, parameters: parameters)
      }
    }
    return nil
  }

  /// All that fit, best first.
  func matches(_ path: String) -> [Match] {
    var found: [Match] = []
    if let value = literal[path] { found.append(Match(value: value, parameters: [:])) }
    let segments = PathPattern.split(path)
    for (pattern, value) in patterns[segments.count] ?? [] {
      if let parameters = pattern.match(segments) {
        found.append(Match(value: value, parameters: parameters))
      }
    }
    return found
  }
}
