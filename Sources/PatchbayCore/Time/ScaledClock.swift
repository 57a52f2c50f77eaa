/// Time that runs faster or slower than the system's, by a fixed factor from its start on.
public struct ScaledClock: PipelineClock {
  private let factor: Double
  private let start: Timestamp
  private let origin: MonotonicInstant

  /// Makes a clock that starts now.
  ///
  /// - Parameter factor: seconds of run time in a real second; must be positive.
  public init(factor: Double) {
    self.init(factor: factor, start: SystemTime.wallClock)
  }

  /// Makes a clock that goes on from a time of its own.
  ///
  /// - Parameters:
  ///   - factor: seconds of run time in a real second; must be positive.
  ///   - start: the date that it has now.
  package init(factor: Double, start: Timestamp) {
    self.factor = factor
    self.start = start
    origin = .now
  }

  /// The present time.
  public var now: Timestamp {
    start.advanced(byNanoseconds: Int64(saturating: Double(origin.elapsedNanoseconds) * factor))
  }

  /// Waits until a time is reached.
  public func sleep(until deadline: Timestamp) async throws {
    let remaining = Double(deadline.nanosecondsSince(now)) / factor
    try await realSleep(nanoseconds: Int64(saturating: remaining))
  }

  /// Waits until a time is reached.
  public func watch(until deadline: Timestamp) async throws {
    try await sleep(until: deadline)
  }

  /// The wait divided by the factor.
  public func realDuration(of wait: Duration) -> Duration {
    .nanoseconds(Int64(saturating: Double(wait.wholeNanoseconds) / factor))
  }

  /// Does nothing: real time passes by itself.
  public func hold() {}
  /// Does nothing: real time passes by itself.
  public func release() {}
}
