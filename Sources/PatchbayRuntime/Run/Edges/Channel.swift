package import PatchbayCore
import Synchronization

/// An edge of the pipeline: batches wait in order behind a gate of credits.
///
/// `AsyncStream` wakes the receiver; the batches lie in a queue beside it. So sending costs no
/// stream operation while the receiver is busy, and small batches that wait are joined. Several
/// senders may share a channel: the order of each is kept. Every sender closes its end once; after
/// the last one the receiver gets what is left and then nil.
package final class Channel: Sendable {
  private struct State {
    var queue: [EventBatch] = []
    var head = 0
    var senders: Int
    var waitingSenders: [CheckedContinuation<Void, Never>] = []
    var receiverIsParked = false
    var wakesWithoutBatch = false
    var isAborted = false

    var waiting: Int { queue.count - head }

    mutating func takeFirst() -> EventBatch? {
      guard head < queue.count else { return nil }
      let batch = queue[head]
      head += 1
      if head == queue.count {
        queue.removeAll(keepingCapacity: true)
        head = 0
      } else if head >= 64 {
        queue.removeFirst(head)
        head = 0
      }
      return batch
    }

    /// Adds to the last batch that waits, if both are small.
    mutating func put(_ batch: EventBatch, joinedUpTo most: Int) {
      if waiting > 1, let last = queue.last, last.count + batch.count <= most {
        queue[queue.count - 1].append(contentsOf: batch)
      } else {
        queue.append(batch)
      }
    }
  }

  /// What the receiver gets.
  package enum Delivery: Sendable {
    /// The next batch.
    case batch(EventBatch)
    /// Somebody called `wake()`.
    case wake
    /// All senders have closed and everything was received, or the channel was aborted.
    case end
  }

  /// How many batches may wait, and up to how many events batches are joined.
  package static let defaultCredits = 8
  package static let defaultBatchSize = 256

  private let state: Mutex<State>
  private let credits: Int
  private let batchSize: Int
  private let clock: any PipelineClock
  private let bell: AsyncStream<Void>.Continuation
  private let rings: AsyncStream<Void>

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
    self.credits = credits
    self.batchSize = batchSize
    state = Mutex(State(senders: senders))
    (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Sends a batch, waiting for a credit.
  ///
  /// Cancellation doesn't cut the wait short, since at shutdown the receivers still drain; `abort`
  /// does. After it, batches are settled as abandoned.
  package func send(_ batch: EventBatch) async {
    while true {
      let isDone = state.withLock { state -> Bool in
        guard state.isAborted || state.waiting < credits else { return false }
        if state.isAborted {
          batch.settle(as: .abandoned)
        } else {
          enqueue(batch, &state)
        }
        return true
      }
      if isDone { return }
      await withCheckedContinuation { continuation in
        let mustWait = state.withLock { state -> Bool in
          if state.isAborted || state.waiting < credits { return false }
          state.waitingSenders.append(continuation)
          return true
        }
        if mustWait { clock.release() } else { continuation.resume() }
      }
    }
  }

  /// Sends a batch whether or not there is a credit; for a sender that asked `hasCredit` before.
  package func sendNow(_ batch: EventBatch) {
    let isAborted = state.withLock { state in
      if !state.isAborted { enqueue(batch, &state) }
      return state.isAborted
    }
    if isAborted { batch.settle(as: .abandoned) }
  }

  /// Whether a batch would be taken at once.
  package var hasCredit: Bool {
    state.withLock { !$0.isAborted && $0.waiting < credits }
  }

  /// Closes one sender's end.
  package func close() {
    state.withLock { state in
      state.senders -= 1
      if state.senders == 0 { ring(&state) }
    }
  }

  /// Makes a receiver that waits get a `wake`.
  package func wake() {
    state.withLock { state in
      state.wakesWithoutBatch = true
      ring(&state)
    }
  }

  /// The next batch.
  ///
  /// For one receiver.
  package func next() async -> Delivery {
    var iterator = rings.makeAsyncIterator()
    while true {
      if let delivery = takeDelivery() { return delivery }
      if await iterator.next() == nil { return abandonWait() }
    }
  }

  /// Ends everything at once: senders and receiver go on, what waits is settled as abandoned.
  ///
  /// - Returns: how many events waited.
  @discardableResult
  package func abort() -> Int {
    let (left, senders) = state.withLock { state in
      state.isAborted = true
      var left: [EventBatch] = []
      while let batch = state.takeFirst() { left.append(batch) }
      let senders = state.waitingSenders
      state.waitingSenders = []
      ring(&state)
      return (left, senders)
    }
    for batch in left { batch.settle(as: .abandoned) }
    resume(senders)
    return left.reduce(0) { $0 + $1.count }
  }

  /// How many events wait.
  package var eventsWaiting: Int {
    state.withLock { state in state.queue[state.head...].reduce(0) { $0 + $1.count } }
  }

  /// What there is to receive right now; notes that the receiver parks if there is nothing.
  private func takeDelivery() -> Delivery? {
    let (delivery, senders, parks) = state.withLock {
      state -> (Delivery?, [CheckedContinuation<Void, Never>], Bool) in
      if let batch = state.takeFirst() {
        let senders = state.waitingSenders
        state.waitingSenders = []
        return (.batch(batch), senders, false)
      }
      if state.isAborted || state.senders == 0 { return (.end, [], false) }
      if state.wakesWithoutBatch {
        state.wakesWithoutBatch = false
        return (.wake, [], false)
      }
      let parks = !state.receiverIsParked
      state.receiverIsParked = true
      return (nil, [], parks)
    }
    resume(senders)
    if parks { clock.release() }
    return delivery
  }

  /// The receiver's task was cancelled while it waited.
  private func abandonWait() -> Delivery {
    let wasParked = state.withLock { state in
      defer { state.receiverIsParked = false }
      return state.receiverIsParked
    }
    if wasParked { clock.hold() }
    return .end
  }

  private func enqueue(_ batch: EventBatch, _ state: inout State) {
    state.put(batch, joinedUpTo: batchSize)
    ring(&state)
  }

  private func ring(_ state: inout State) {
    guard state.receiverIsParked else { return }
    state.receiverIsParked = false
    clock.hold()
    bell.yield()
  }

  private func resume(_ senders: [CheckedContinuation<Void, Never>]) {
    for sender in senders {
      clock.hold()
      sender.resume()
    }
  }
}
