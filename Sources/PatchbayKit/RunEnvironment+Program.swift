public import CoreMetrics
public import Logging
public import PatchbayCore
public import PatchbayRuntime

extension RunEnvironment {
  /// Makes an environment of what most programs want.
  ///
  /// Stages print to standard output; a stage that reads standard input is refused, since that is
  /// the program's own, unless an input is handed in; the log and the metrics go where the program's
  /// `LoggingSystem` and `MetricsSystem` send them.
  ///
  /// - Parameters:
  ///   - logger: the log.
  ///   - metrics: where counters and timers go.
  ///   - clock: the clock, if it isn't to be the one that the configuration names.
  public init(
    logger: Logger = Logger(label: "patchbay"), metrics: any MetricsFactory = MetricsSystem.factory,
    clock: (any PipelineClock)? = nil
  ) {
    self.init(
      console: StandardOutput(), input: NoInput(), logger: logger, metrics: metrics, clock: clock)
  }
}
