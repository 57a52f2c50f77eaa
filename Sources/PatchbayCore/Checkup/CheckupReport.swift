/// What was found about what a plan needs of the outside world.
public struct CheckupReport: Sendable, Equatable {
  /// What was found about one stage or connection.
  public struct Entry: Sendable, Equatable {
    /// Where it stands in the configuration, such as `connections.genesys`.
    public var path: String
    /// The type's name.
    public var type: String
    /// What was looked at, in that order.
    public var checks: [Check]

    /// Makes an entry.
    public init(path: String, type: String, checks: [Check]) {
      self.path = path
      self.type = type
      self.checks = checks
    }
  }

  /// Connections, then stages, each in the order of the configuration.
  public var entries: [Entry]
  /// Stages that nothing outside was looked at for, by path.
  public var unexamined: [String]

  /// Makes a report.
  public init(entries: [Entry] = [], unexamined: [String] = []) {
    self.entries = entries
    self.unexamined = unexamined
  }

  /// How many checks have a verdict.
  public func count(_ verdict: Check.Verdict) -> Int {
    entries.lazy.flatMap(\.checks).count { $0.verdict == verdict }
  }
}
