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
  let stamps = BatchStamps()
  /// What the run can be gone on with by; nil if it has no journal.
  var journal: RunJournal?
}

/// Numbers by which batches that stages were given are known again.
final class BatchStamps: Sendable {
  private let last = Atomic<UInt64>(0)

  /// A number that no batch of the run has had, and not 0.
  func next() -> UInt64 { last.add(1, ordering: .relaxed).newValue }
}
