/// What one stage did.
public struct StageReport: Sendable {
  /// The stage's name.
  public var name: String
  /// Its role.
  public var role: StageRole
  /// Its type.
  public var type: String
  /// What feeds it, as its configuration names it, such as `inject.failed`; empty for sources.
  public var inputs: [String] = []
  /// Events that came in; for a source, events emitted.
  public var received = 0
  /// Events that went on, by port; the main one is called `out`.
  public var sent: [PortName: Int] = [:]
  /// Ports that events left by though nothing is connected to them.
  public var unconnected: [PortName: Int] = [:]
  /// For sources: how long after its intended time each event left, in nanoseconds on the run's clock.
  ///
  /// What the pipeline held back is in it; what an interrupted run had emitted before isn't.
  public var lag = Distribution()
  /// For sources: whether it only shows what the events of the others brought about, so that none of its own
  /// was to be injected.
  public var watchesOthers = false
  /// For sinks: events written.
  public var written = 0
  /// For sinks: events not written after all attempts.
  public var undelivered = 0
  /// Mere records, settled before they came, that it couldn't keep: a sink couldn't write them, or
  /// they were still here when the run ended.
  public var unkeptRecords = 0
  /// For correlators: events that ended in it, delivered.
  public var absorbed = 0
  /// Events that were still here when the run ended, waiting before it or inside.
  public var abandoned = 0
  /// For sinks with a spool before them, what became of what was in it.
  public var spool: SpoolReport?
  /// What it found.
  public var findings = Findings()

  /// Makes a report of a stage that has done nothing.
  public init(name: String, role: StageRole, type: String) {
    self.name = name
    self.role = role
    self.type = type
  }
}
