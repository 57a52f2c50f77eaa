import DequeModule
package import PatchbayCore
import Synchronization

/// An edge of the pipeline: batches wait in order behind a gate of credits.
///
/// `AsyncStream` wakes the receiver; the batches lie in a queue beside it. So sending costs no
/// stream operation while the receiver is busy, and small batches that wait are joined. Every sender
/// closes its end once; after the last one the receiver gets what is left and then the end.
package final class Channel: Inlet {
  /// What the receiver gets.
  package enum Delivery: Sendable {
    /// The next batch.
    case batch(TrackedBatch)
    /// Somebody called `wake()`, or the time that was asked for has come.
    case wake
    /// All senders have closed and everything was received, or the channel was aborted.
    case end
  }

  /// How many batches may wait, and up to how many events batches are joined.
  package static let defaultCredits = 8
  package static let defaultBatchSize = 256

  private let state: Mutex<State>
  private let clock: any PipelineClock
  private let receiver: WakeStream

  /// Makes a channel.
  ///
  /// - Parameters:
  ///   - credits: how many batches may wait.
  ///   - batchSize: up to how many events batches that wait are joined.
  ///   - senders: how often `close()` will be called.
  package init(
    clock: any PipelineClock, credits: Int = Channel.defaultCredits,
    batchSize: Int = Channel.defaultBatchSize, senders: Int
  ) {
    self.clock = clock
    state = Mutex(State(credits: credits, batchSize: batchSize, senders: senders))
    receiver = WakeStream(clock: clock)
  }

  /// How full it is, and how long senders have waited.
  package var gauge: ChannelGauge { state.withLock { $0.gauge } }

  package func send(_ batch: TrackedBatch) async -> Bool {
    var blockedSince: MonotonicInstant?
    while true {
      switch state.withLock({ $0.put(batch, blockedSince: blockedSince) }) {
      case .taken(let wakesReceiver):
        if wakesReceiver { receiver.wake() }
        return true
      case .refused: return false
      case .full:
        blockedSince = blockedSince ?? .now
        await clock.park { task in state.withLock { $0.mustWait(task) } }
      }
    }
  }

  package func close() {
    if state.withLock({ $0.close() }) { receiver.wake() }
  }

  /// Makes the receiver get a `wake`, if it waits or else before it does.
  package func wake() {
    if state.withLock({ $0.wake() }) { receiver.wake() }
  }

  /// The next batch.
  ///
  /// For one receiver.
  ///
  /// - Parameter deadline: when to give up waiting with a `wake`, on the run's clock; nil for never.
  package func next(until deadline: Timestamp? = nil) async -> Delivery {
    let (delivery, senders) = state.withLock { $0.take() }
    senders.resumeAll()
    if let delivery { return delivery }
    guard let deadline else { return await waitForNext() }
    return await withDiscardingTaskGroup { timer in
      timer.addTask(on: clock) { [self] in
        if (try? await clock.sleep(until: deadline)) != nil { wake() }
      }
      let delivery = await waitForNext()
      timer.cancelAll()
      return delivery
    }
  }

  /// A batch that waits already; nil if none does.
  ///
  /// For the one receiver.
  package func nextWaiting() -> TrackedBatch? {
    let (batch, senders) = state.withLock { $0.takeBatch() }
    senders.resumeAll()
    return batch
  }

  /// Ends everything at once: senders and receiver go on, and nothing is taken any more.
  ///
  /// - Returns: what waited.
  package func abort() -> [TrackedBatch] {
    let (left, senders, wakesReceiver) = state.withLock { $0.abort() }
    if wakesReceiver { receiver.wake() }
    senders.resumeAll()
    return Array(left)
  }

  private func waitForNext() async -> Delivery {
    while true {
      let (delivery, senders) = state.withLock { $0.takeOrWait() }
      senders.resumeAll()
      if let delivery { return delivery }
      let wasWoken = await receiver.wait(orWithdraw: { state.withLock { $0.withdraw() } })
      if !wasWoken { return .end }
    }
  }
}
