public import PatchbayCore

/// How far a run is, for whoever watches it.
public struct RunProgress: Sendable {
  /// What became of the events so far.
  public var events: SettlementCounts
  /// What the injectors did so far.
  public var injection: InjectionReport
  /// One entry a stage; what it has found is at most about a second old while events come.
  public var stages: [StageReport]
  /// How full the channel before each stage is, by the stage's name.
  ///
  /// Stages that are called directly have none, and nobody has one before and after events move.
  public var channels: [String: ChannelGauge]
  /// The time on the run's clock since its start, in nanoseconds.
  public var elapsedNanoseconds: Int64

  package init(
    events: SettlementCounts, injection: InjectionReport, stages: [StageReport],
    channels: [String: ChannelGauge], elapsedNanoseconds: Int64
  ) {
    self.events = events
    self.injection = injection
    self.stages = stages
    self.channels = channels
    self.elapsedNanoseconds = elapsedNanoseconds
  }
}
