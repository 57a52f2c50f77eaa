extension ConfigIssue {
  /// What kind of issue it is: a stable id, and what there is to know about it.
  ///
  /// Ids are never reused. Each part of the package that finds issues declares its own kinds; two
  /// are the same if their ids are.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// A wrong piece of a configuration and the same put right.
    public struct Example: Sendable {
      /// What causes the issue.
      public let wrong: String
      /// What doesn't.
      public let right: String
    }

    /// `PB` and four digits, such as `PB0104`.
    public let id: String
    /// The kind in a few words, without a full stop.
    public let title: String
    /// What leads to it, in sentences.
    public let cause: String
    /// What to do, in sentences.
    public let cure: String
    /// The issue in a configuration, and its cure; nil where words say it.
    public let example: Example?

    /// Makes a kind of issue.
    public init(
      _ id: String, _ title: String, cause: String, cure: String, wrong: String? = nil,
      right: String? = nil
    ) {
      self.id = id
      self.title = title
      self.cause = cause
      self.cure = cure
      example = wrong.flatMap { wrong in right.map { Example(wrong: wrong, right: $0) } }
    }

    /// The id.
    public var description: String { id }

    /// Whether the ids are the same.
    public static func == (one: Code, other: Code) -> Bool { one.id == other.id }

    /// Hashes the id.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
  }
}
