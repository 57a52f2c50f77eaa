/// The time a run lives in: real, scaled or virtual.
///
/// Scheduling, dwell, backoff and rate waits use it. Wire timings and request timeouts use
/// `MonotonicInstant`, which is always real.
///
/// On the virtual clock time stands still while any task of the run has something to do. A task
/// that waits for the clock says so by `sleep(until:)`; one that waits for *another task of the run*
/// calls `release()` before it parks, and whoever wakes it calls `hold()` first. Waiting for I/O
/// takes neither: time must not pass while an answer is under way. Stages that only await I/O and
/// `sleep` need not know any of this.
public protocol PipelineClock: Sendable {
  /// Whether time stands still while tasks of the run have something to do, as on the virtual clock.
  /// Nothing can linger there for a few milliseconds.
  var standsStillForWork: Bool { get }

  /// The present time.
  var now: Timestamp { get }

  /// Waits until a time is reached; returns at once if it has been.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  func sleep(until deadline: Timestamp) async throws

  /// Waits like `sleep(until:)`, but doesn't make virtual time pass by itself: it ends when other
  /// sleepers take the time there. For watchdogs, which are no part of the run's work.
  func watch(until deadline: Timestamp) async throws

  /// How long a wait on this clock takes in real time; zero where nobody really waits.
  func realDuration(of wait: Duration) -> Duration

  /// Notes one more task that has something to do. Only virtual clocks count.
  func hold()

  /// Notes one task less that has something to do. Only virtual clocks count.
  func release()
}

extension PipelineClock {
  /// No.
  public var standsStillForWork: Bool { false }
  /// As long as it says.
  public func realDuration(of wait: Duration) -> Duration { wait }

  /// Waits for a duration from now.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  public func sleep(for duration: Duration) async throws {
    try await sleep(until: now.advanced(by: duration))
  }
}
