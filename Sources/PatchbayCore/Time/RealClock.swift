/// The system's time; one second takes one second.
///
/// It takes the date once and goes on from there by the monotonic clock: that somebody sets the
/// system's date, or NTP corrects it, makes no wait longer or shorter.
public struct RealClock: PipelineClock {
  private let start: Timestamp
  private let origin: MonotonicInstant

  /// Makes a clock that takes the system's date now.
  public init() {
    self.init(start: SystemTime.wallClock, origin: .now)
  }

  /// Makes a clock that goes on from a time of its own.
  ///
  /// - Parameter start: the date that it has now.
  package init(start: Timestamp) { self.init(start: start, origin: .now) }

  /// - Parameters:
  ///   - start: the date at `origin`.
  ///   - origin: a reading of the monotonic clock.
  init(start: Timestamp, origin: MonotonicInstant) {
    self.start = start
    self.origin = origin
  }

  /// The present time.
  public var now: Timestamp { start.advanced(byNanoseconds: origin.elapsedNanoseconds) }

  /// Waits until a time is reached.
  public func sleep(until deadline: Timestamp) async throws {
    try await realSleep(nanoseconds: deadline.nanosecondsSince(now))
  }

  /// Waits until a time is reached.
  public func watch(until deadline: Timestamp) async throws {
    try await sleep(until: deadline)
  }

  /// Does nothing: real time passes by itself.
  public func hold() {}
  /// Does nothing: real time passes by itself.
  public func release() {}
}
