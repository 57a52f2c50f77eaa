/// Which run it was, and how it ended.
public struct RunSummary: Sendable, Equatable {
  /// How a run came to its end.
  public enum Ending: String, Sendable {
    /// The sources ended by themselves.
    case completed
    /// A signal asked it to stop.
    case interrupted
    /// The program that runs it asked it to stop.
    case stopped
    /// `run.deadline` passed.
    case deadline
    /// Whoever read standard output has gone away.
    case outputClosed = "output_closed"
    /// A threshold that says so was lost.
    case threshold
  }

  /// The run's id, a UUIDv7.
  public var id: UUIDBits
  /// The pipeline's name.
  public var name: String
  /// The seed.
  public var seed: UInt64
  /// The clock as the configuration names it.
  public var clock: String
  /// The start on the run's clock.
  public var startedAt: Timestamp
  /// The end on the run's clock.
  public var finishedAt: Timestamp
  /// How long it took in real time, in nanoseconds.
  public var realNanoseconds: Int64 = 0
  /// How it ended.
  public var ending = Ending.completed
  /// How often it has been started; above 1 if it was gone on with after an interruption.
  public var attempt = 1
  /// Whether it can be gone on with: it has a journal, and something is left to do.
  public var canBeResumed = false
  /// The folder with the run's files.
  public var directory: String

  /// Makes a summary of a run that has just started.
  public init(
    id: UUIDBits, name: String, seed: UInt64, clock: String, startedAt: Timestamp,
    directory: String
  ) {
    self.id = id
    self.name = name
    self.seed = seed
    self.clock = clock
    self.startedAt = startedAt
    finishedAt = startedAt
    self.directory = directory
  }
}
