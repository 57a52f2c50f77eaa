import PatchbayCore

/// What the platform tells of, whether the sandbox can or not: whoever subscribes to what it can't is
/// told nothing.
///
/// From `notificationMappings.json` of the official command-line client (166.0.0).
enum PlatformTopics {
  private static let topics: [[Substring]] = "\(list)".split(separator: "\n").map {
    $0.split(separator: ".")
  }

  /// Whether the platform has a topic; ids may be anything there.
  static func has(_ topic: String) -> Bool {
    let words = topic.split(separator: ".", omittingEmptySubsequences: false)
    return topics.contains { pattern in
      pattern.count == words.count
        && zip(pattern, words).allSatisfy { $0 == "{id}" ? !$1.isEmpty && $1 != "*" : $0 == $1 }
    }
  }
}
