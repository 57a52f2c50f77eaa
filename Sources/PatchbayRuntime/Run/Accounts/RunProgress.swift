public import PatchbayCore

/// How far a run is, for whoever watches it.
public struct RunProgress: Sendable {
  /// What became of the events so far.
  public var events: SettlementCounts
  /// What the injectors did so far.
  public var injection: InjectionReport
  /// One entry a stage; findings come at the end.
  public var stages: [StageReport]
  /// The time on the run's clock since its start, in nanoseconds.
  public var elapsedNanoseconds: Int64
}
