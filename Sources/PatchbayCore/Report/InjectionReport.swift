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
  /// Waits of accepted events for their targets' rate limits.
  public var rateLimit = Distribution()
  /// Waits of accepted events for a token.
  public var token = Distribution()
  /// Other waits between attempts of accepted events.
  public var backoff = Distribution()
  /// What the program itself took between the other parts, accepted events.
  public var own = Distribution()
  /// From the intended send time to the end of the last attempt, accepted events.
  public var response = Distribution()
  /// Latencies told apart by what `run.latency_by` and thresholds name, each sorted by value.
  public var labelled: [LatencyLabel: [LabelledLatency]] = [:]

  /// Makes an empty report.
  public init() {}

  /// Accepted in attempted; nil if nothing was attempted.
  public var successRate: Double? {
    attempted == 0 ? nil : Double(accepted) / Double(attempted)
  }
}
