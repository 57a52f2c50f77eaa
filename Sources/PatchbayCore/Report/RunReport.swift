/// Everything a run can say about itself; all exports are views of it.
public struct RunReport: Sendable {
  /// Which run it was.
  public var run: RunSummary
  /// What became of the events.
  public var events = SettlementCounts()
  /// What the injectors did; nil if there are none.
  public var injection: InjectionReport?
  /// One entry a stage, in the order of the configuration.
  public var stages: [StageReport] = []
  /// The thresholds and whether they held, in the order of the configuration.
  public var thresholds: [ThresholdResult] = []
  /// What failed, each with the stage's name.
  ///
  /// Any entry makes the run fail.
  public var failures: [String] = []
  /// Whether one of the failures is an input that couldn't be read.
  public var inputWasUnreadable = false
  /// What a reader should know though nothing failed.
  public var notices: [String] = []
  /// How it went, moment by moment; nil if nobody kept that.
  public var timeline: RunTimeline?
  /// What was still inside at the end, if the drain ran out of time.
  public var leftovers: [String] = []

  /// Makes a report that only knows which run it is about.
  public init(run: RunSummary) {
    self.run = run
  }
}
