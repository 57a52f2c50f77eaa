import PatchbayCore
import Synchronization

/// How a keeper is doing, for whoever asks meanwhile.
final class KeeperStatus: Sendable {
  /// What is counted.
  struct Counts: Sendable {
    /// Messages about topics, on whichever channel.
    var notifications = 0
    /// States that were read after a gap.
    var filled = 0
    /// Reads after a gap that failed.
    var unfilled = 0
    /// Channels that took the place of one that was open.
    var renewals = 0
    /// Channels that were lost.
    var interruptions = 0
  }

  private let state = Mutex((counts: Counts(), isWhole: false))
  private let opening: AsyncStream<Void>.Continuation

  /// - Parameter opening: is told when a channel is open for the first time.
  init(opening: AsyncStream<Void>.Continuation) {
    self.opening = opening
  }

  var counts: Counts { state.withLock { $0.counts } }

  /// Whether everything that happened has been told, as far as it has come.
  var isWhole: Bool { state.withLock { $0.isWhole } }

  func open() { opening.yield() }

  func count(_ what: any WritableKeyPath<Counts, Int> & Sendable) {
    state.withLock { $0.counts[keyPath: what] += 1 }
  }

  func update(_ watch: ChannelWatch) {
    state.withLock {
      $0.isWhole = watch.isWhole
      $0.counts.renewals = watch.state.renewals
      $0.counts.interruptions = watch.state.interruptions
    }
  }
}
