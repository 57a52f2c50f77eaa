import PatchbayCore
import Synchronization

/// The account of a sink that is fed by its spool: the events were settled when they were kept.
struct SpoolAccount: WriteAccount {
  let counters: StageCounters
  let services: RunServices
  let patience: SpoolPatience
  let life: SinkLife

  /// Whether the sink isn't given anything more.
  var isOver: Bool { patience.isOver || life.problem != nil || services.control.has(.cut) }

  func receive(_ batch: TrackedBatch) -> Bool {
    let isOver = isOver
    if isOver { abandon(batch) }
    return !isOver
  }

  func new<Subject: Sink>(
    _ batch: TrackedBatch, for sink: inout Subject
  ) async -> TrackedBatch? { batch }

  func written(_ part: TrackedBatch, _ positions: [Int], of batch: EventBatch) {
    part.settle(as: .delivered)
    counters.update { $0.spool?.delivered += part.count }
    if part.count > 0 { patience.noteSuccess() }
  }

  func refuse(_ batch: TrackedBatch, _ reason: String) {
    batch.settle(as: .failed)
    counters.update { $0.spool?.refused += batch.count }
    services.failures.add(counters.path, "refused events of its spool", reason)
    patience.noteSuccess()
  }

  /// A sink that must not be tried again is opened anew; nothing is lost by that.
  func reject(_ batch: TrackedBatch, _ reason: String) {
    life.end(reason)
    abandon(batch)
  }

  /// What isn't taken stays in the spool.
  func giveUp(_ batch: TrackedBatch, _ reason: String) { abandon(batch) }

  func abandon(_ batch: TrackedBatch) { batch.settle(as: .abandoned) }

  func mayTryAgain(after number: Int, _ problem: String) async -> Bool {
    if services.control.has(.cut) {
      patience.giveUp(problem)
      return false
    }
    return await patience.mayTryAgain(after: number, problem)
  }
}

/// From a sink's opening until it can't be used any more.
final class SinkLife: Sendable {
  private let state = Mutex<String?>(nil)

  /// Why it can't be used any more; nil while it can.
  var problem: String? { state.withLock { $0 } }

  func end(_ problem: String) { state.withLock { $0 = $0 ?? problem } }
}
