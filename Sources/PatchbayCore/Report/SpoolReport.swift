/// What became of the events in a sink's spool during a run.
public struct SpoolReport: Sendable, Equatable {
  /// Events that earlier runs had left in it.
  public var found = 0
  /// Events of this run that it took, which are on the disk.
  public var kept = 0
  /// Events that the sink took from it.
  public var delivered = 0
  /// Events that the sink refused for good.
  public var refused = 0
  /// Events that had waited for longer than they may.
  public var expired = 0
  /// Documents, such as a run's metrics, that wait in it for a later run.
  public var documents = 0
  /// What kept the sink from taking what waits, in its words; nil if nothing did.
  public var problem: String?

  /// Makes a report of a spool that is empty.
  public init() {}

  /// Events that wait in it for a later run.
  public var waiting: Int { found + kept - delivered - refused - expired }
}

extension SpoolReport {
  /// What thresholds can be set on for a sink with a spool.
  package static let metrics = [
    MetricDeclaration("waiting", doc: "Events that wait in the sink's spool for a later run.")
  ]

  /// The value of a metric that every spool has; nil for another name.
  subscript(metric: String) -> Double? { metric == "waiting" ? Double(waiting) : nil }
}
