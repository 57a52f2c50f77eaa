import PatchbayCore
import Synchronization

/// What all parts of a run share.
struct RunServices: Sendable {
  let clock: any PipelineClock
  let control: StopControl
  let failures: FailureLog
  let latency: LatencyRecorder
  let observers: [any RunObserver]
  /// Up to how many events travel together.
  let batchSize: Int
  /// The time by which it is known how long something has waited on the disk.
  let wallClock: @Sendable () -> Timestamp
  /// How long the end may take, in real time.
  let drain: Duration
  /// Whether the run only delivers what waits in spools.
  let drainsSpools: Bool
  let stamps = BatchStamps()
  /// The sources that others may watch.
  let watched = WatchedSources()
  /// What the run can be gone on with by; nil if it has no journal.
  var journal: RunJournal?
}

/// Numbers by which batches that stages were given are known again.
final class BatchStamps: Sendable {
  private let last = Atomic<UInt64>(0)

  /// A number that no batch of the run has had, and not 0.
  func next() -> UInt64 { last.add(1, ordering: .relaxed).newValue }
}
