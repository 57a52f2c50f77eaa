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
  /// What was still inside at the end, if the drain ran out of time.
  public var leftovers: [String] = []

  /// Makes a report that only knows which run it is about.
  public init(run: RunSummary) {
    self.run = run
  }
}

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

/// What one stage did.
public struct StageReport: Sendable {
  /// The stage's name.
  public var name: String
  /// Its role.
  public var role: StageRole
  /// Its type.
  public var type: String
  /// Events that came in; for a source, events emitted.
  public var received = 0
  /// Events that went on, by port; the main one is called `out`.
  public var sent: [PortName: Int] = [:]
  /// Ports that events left by though nothing is connected to them.
  public var unconnected: [PortName: Int] = [:]
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
  /// What it found.
  public var findings = Findings()

  /// Makes a report of a stage that has done nothing.
  public init(name: String, role: StageRole, type: String) {
    self.name = name
    self.role = role
    self.type = type
  }
}

/// What all injectors of a run did together.
public struct InjectionReport: Sendable {
  /// Events they were given.
  public var attempted = 0
  /// Events the target took.
  public var accepted = 0
  /// Events it refused for good, or after all retries.
  public var failed = 0
  /// Events whose fate is unknown.
  public var unknown = 0
  /// Attempts, one for each event and each request that carried it.
  public var attempts = 0
  /// Events by their last HTTP status, ascending; 0 stands for no answer.
  public var statuses: [(status: Int, count: Int)] = []
  /// Service time of accepted events.
  public var latency = Distribution()
  /// All attempts of accepted events on the wire.
  public var wire = Distribution()
  /// Queueing of accepted events.
  public var queue = Distribution()
  /// Waits for 429 of accepted events.
  public var rateLimit = Distribution()
  /// Other waits between attempts of accepted events.
  public var backoff = Distribution()
  /// From the intended send time to the end of the last attempt, accepted events.
  public var response = Distribution()

  /// Makes an empty report.
  public init() {}

  /// Accepted in attempted; nil if nothing was attempted.
  public var successRate: Double? {
    attempted == 0 ? nil : Double(accepted) / Double(attempted)
  }
}

/// The shape of a set of durations, in nanoseconds.
public struct Distribution: Sendable, Equatable {
  /// How many there were; everything else is 0 if this is.
  public var count = 0
  /// The least, exact.
  public var minimum: Int64 = 0
  /// The arithmetic mean, exact.
  public var mean: Double = 0
  /// Half were at most this.
  public var p50: Int64 = 0
  /// 90 % were at most this.
  public var p90: Int64 = 0
  /// 95 % were at most this.
  public var p95: Int64 = 0
  /// 99 % were at most this.
  public var p99: Int64 = 0
  /// The greatest, exact.
  public var maximum: Int64 = 0

  /// Makes the shape of nothing.
  public init() {}
}

/// A threshold and whether it held.
public struct ThresholdResult: Sendable, Equatable {
  /// The metric's name.
  public var metric: String
  /// The condition as it was written, such as `>= 0.99`.
  public var condition: String
  /// The metric's value; nil if the run has nothing to compute it from, which fails the threshold.
  public var value: Double?
  /// Whether it held.
  public var passed: Bool

  /// Makes a result.
  public init(metric: String, condition: String, value: Double?, passed: Bool) {
    self.metric = metric
    self.condition = condition
    self.value = value
    self.passed = passed
  }
}
