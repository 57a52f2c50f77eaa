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
  /// What modules beside the runtime hand to stages.
  public var values = RunValues()
  /// Watches the run from inside; for pipeline tests.
  public var observer: (any RunObserver)?
  /// The clock, if it isn't to be the one that the configuration names.
  public var clock: (any PipelineClock)?

  /// Makes an environment.
  public init(
    console: any Console, input: any ByteInput, logger: Logger,
    clock: (any PipelineClock)? = nil
  ) {
    self.console = console
    self.input = input
    self.logger = logger
    self.clock = clock
  }
}
