/// How a run went, moment by moment, in fixed memory: what its pictures are drawn from.
public struct RunTimeline: Sendable, Equatable {
  /// How a run stood at a moment, and what came since the one before.
  public struct Point: Sendable, Equatable {
    /// The time on the run's clock since its start, in nanoseconds.
    public var time: Int64 = 0
    /// The real time since its start, in nanoseconds.
    public var realTime: Int64 = 0
    /// What had become of the events.
    public var events = SettlementCounts()
    /// Events that injectors had been given.
    public var attempted = 0
    /// Those of them that the target had taken.
    public var accepted = 0
    /// Service times of the events that were accepted since the point before; nil if there were none.
    public var latency: Figures?
    /// Their response times.
    public var response: Figures?

    /// Makes a point at the start.
    public init() {}
  }

  /// What is drawn of a shape of durations, in nanoseconds, to two significant digits.
  public struct Figures: Sendable, Equatable {
    /// How many there were.
    public var count: Int
    /// Half of them were at most this.
    public var p50: Int64
    /// 95 % were at most this.
    public var p95: Int64
    /// 99 % were at most this.
    public var p99: Int64
    /// The greatest.
    public var maximum: Int64

    /// Makes figures.
    public init(count: Int, p50: Int64, p95: Int64, p99: Int64, maximum: Int64) {
      self.count = count
      self.p50 = p50
      self.p95 = p95
      self.p99 = p99
      self.maximum = maximum
    }

    /// The figures of a shape; nil of nothing.
    package init?(_ shape: Distribution) {
      guard shape.count > 0 else { return nil }
      self.init(
        count: shape.count, p50: shape.percentile(50), p95: shape.percentile(95),
        p99: shape.percentile(99), maximum: shape.maximum)
    }
  }

  /// When sources' events should have left, and when they did.
  public struct Schedule: Sendable, Equatable {
    /// How long each of the stretches below is, in nanoseconds on the run's clock; the first begins with the run.
    public var width: Int64
    /// How many events should have left in each stretch.
    public var intended: [Int]
    /// How many did.
    public var left: [Int]

    /// Makes a schedule.
    public init(width: Int64, intended: [Int], left: [Int]) {
      self.width = width
      self.intended = intended
      self.left = left
    }
  }

  /// The moments, in order; at most some hundred.
  public var points: [Point] = []
  /// What sources were to do, and did.
  public var schedule: Schedule?

  /// Makes an empty timeline.
  public init() {}
}
