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

/// The sources whose events others may show the outcome of: whether there are any, and how many still run.
final class WatchedSources: Sendable {
  private let running = Mutex<Int?>(nil)

  /// Adds one, before any of them runs.
  func add() { running.withLock { $0 = ($0 ?? 0) + 1 } }

  /// Notes that one has returned.
  func end() { running.withLock { $0 = $0.map { $0 - 1 } } }

  /// Whether there were some, and all have returned.
  var haveEnded: Bool { running.withLock { $0 == 0 } }
}

/// Numbers by which batches that stages were given are known again.
final class BatchStamps: Sendable {
  private let last = Atomic<UInt64>(0)

  /// A number that no batch of the run has had, and not 0.
  func next() -> UInt64 { last.add(1, ordering: .relaxed).newValue }
}
