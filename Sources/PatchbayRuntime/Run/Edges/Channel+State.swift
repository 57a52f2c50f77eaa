import DequeModule
import PatchbayCore

extension Channel {
  /// What a channel holds, and who waits for it.
  struct State {
    private enum Phase {
      /// Batches come and go. Next: closed, aborted.
      case open(senders: Int)
      /// No sender is left; what waits can be received. Next: aborted.
      case closed
      /// Nothing is taken any more. Last.
      case aborted
    }

    private enum Receiver {
      /// It has something to do, or hasn't come yet. Next: waiting.
      case working
      /// It waits and may be woken, once. Next: working.
      case waiting
    }

    /// What becomes of a batch that is sent.
    enum Admission {
      /// It is in, and the receiver is to be woken or not.
      case taken(wakesReceiver: Bool)
      case full
      case refused
    }

    private let credits: Int
    private let batchSize: Int
    private var phase: Phase
    private var receiver = Receiver.working
    private var hasWake = false
    private var queue: Deque<TrackedBatch> = []
    private var senders: [ParkedTask] = []
    private var blockedNanoseconds: Int64 = 0
    /// Since when somebody waits for room.
    private var waitsSince: MonotonicInstant?

    init(credits: Int, batchSize: Int, senders: Int) {
      self.credits = credits
      self.batchSize = batchSize
      phase = .open(senders: senders)
    }

    var gauge: ChannelGauge {
      ChannelGauge(
        batches: queue.count, events: queue.reduce(0) { $0 + $1.count }, credits: credits,
        blockedNanoseconds: blockedNanoseconds
          + (waitsSince?.elapsedNanoseconds ?? 0) * Int64(senders.count))
    }

    /// Adds a batch, to the last one that waits if both are small.
    ///
    /// The first to wait is left alone: the receiver may be about to take it.
    mutating func put(_ batch: TrackedBatch, blockedSince: MonotonicInstant?) -> Admission {
      if case .aborted = phase { return .refused }
      if queue.count >= credits { return .full }
      if let blockedSince { blockedNanoseconds += blockedSince.elapsedNanoseconds }
      let last = queue.endIndex - 1
      if queue.count > 1, queue[last].count + batch.count <= batchSize {
        queue[last].append(contentsOf: batch)
      } else {
        queue.append(batch)
      }
      return .taken(wakesReceiver: wakesReceiver())
    }

    /// Whether a sender has to wait for a credit; notes it then.
    mutating func mustWait(_ task: ParkedTask) -> Bool {
      if case .aborted = phase { return false }
      if queue.count < credits { return false }
      waitsSince = waitsSince ?? .now
      senders.append(task)
      return true
    }

    /// What there is to receive, and the senders that may go on.
    mutating func take() -> (Delivery?, [ParkedTask]) {
      if case (let batch?, let senders) = takeBatch() { return (.batch(batch), senders) }
      switch phase {
      case .closed, .aborted: return (.end, [])
      case .open:
        defer { hasWake = false }
        return (hasWake ? .wake : nil, [])
      }
    }

    /// A batch, if one waits, and the senders that may go on.
    mutating func takeBatch() -> (TrackedBatch?, [ParkedTask]) {
      guard let batch = queue.popFirst() else { return (nil, []) }
      defer {
        senders = []
        waitsSince = nil
      }
      return (batch, senders)
    }

    /// Like `take()`; notes that the receiver waits if there is nothing.
    mutating func takeOrWait() -> (Delivery?, [ParkedTask]) {
      let taken = take()
      if taken.0 == nil { receiver = .waiting }
      return taken
    }

    /// Takes back that the receiver waits; false if somebody has woken it.
    mutating func withdraw() -> Bool {
      guard case .waiting = receiver else { return false }
      receiver = .working
      return true
    }

    /// Closes one sender's end; true if the receiver is to be woken.
    mutating func close() -> Bool {
      guard case .open(let senders) = phase else { return false }
      phase = senders > 1 ? .open(senders: senders - 1) : .closed
      return senders > 1 ? false : wakesReceiver()
    }

    /// Leaves a word for the receiver; true if it is to be woken.
    mutating func wake() -> Bool {
      hasWake = true
      return wakesReceiver()
    }

    /// Gives everything out that is inside.
    mutating func abort() -> (left: Deque<TrackedBatch>, senders: [ParkedTask], wakes: Bool) {
      phase = .aborted
      defer {
        queue = []
        senders = []
      }
      return (queue, senders, wakesReceiver())
    }

    private mutating func wakesReceiver() -> Bool {
      guard case .waiting = receiver else { return false }
      receiver = .working
      return true
    }
  }
}
