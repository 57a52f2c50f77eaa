public import CoreMetrics
public import Logging
public import PatchbayCore

/// What a run takes from the outside world.
public struct RunEnvironment: Sendable {
  /// Where stages print to.
  public var console: any Console
  /// Where stages read from.
  public var input: any ByteInput
  /// The log; every stage gets it with its own name.
  public var logger: Logger
  /// Where counters and timers go while the run is on; `docs/embedding.md` lists them.
  public var metrics: any MetricsFactory
  /// What modules beside the runtime hand to stages.
  public var values = RunValues()
  /// Who watches the run from inside.
  public var observers: [any RunObserver] = []
  /// The clock, if it isn't to be the one that the configuration names.
  public var clock: (any PipelineClock)?
  /// Whether the run keeps how it went, moment by moment, for pictures: `timeline.json` in its folder.
  public var keepsTimeline = false
  /// The time by which runs are named, and events grow old in a spool.
  package var wallClock: @Sendable () -> Timestamp = { RealClock().now }
  /// Whether the run only delivers what waits in spools; nothing of its own is added to them.
  package var drainsSpools = false
  /// What ids for others are made of, such as idempotency keys, if they are to be those of another run.
  package var key: UUIDBits?
  /// Up to how many events travel together; nothing but speed and memory depends on it, and tests and
  /// measurements vary it.
  package var batchSize = Channel.defaultBatchSize

  /// Makes an environment.
  ///
  /// - Parameters:
  ///   - console: where stages print to.
  ///   - input: where stages read from.
  ///   - logger: the log.
  ///   - metrics: where counters and timers go.
  ///   - clock: the clock, if it isn't to be the one that the configuration names.
  public init(
    console: any Console, input: any ByteInput, logger: Logger,
    metrics: any MetricsFactory = NOOPMetricsHandler.instance,
    clock: (any PipelineClock)? = nil
  ) {
    self.console = console
    self.input = input
    self.logger = logger
    self.metrics = metrics
    self.clock = clock
  }
}
