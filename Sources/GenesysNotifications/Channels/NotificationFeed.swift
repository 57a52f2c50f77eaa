import AsyncAlgorithms
import PatchbayCore
import Synchronization

/// All channels of a source, from when it is opened until its last event is settled.
final class NotificationFeed: Sendable {
  /// What was seen; it ends when the feed does.
  let observations: AsyncChannel<ObservedEvent>
  private let keepers: [ChannelKeeper]
  private let failure = Mutex<(any Error)?>(nil)
  /// Ends each keeper.
  private let stops: [AsyncStream<Void>]
  private let stopping: [AsyncStream<Void>.Continuation]
  private let opened: AsyncStream<Void>
  private let opening: AsyncStream<Void>.Continuation
  private let ended: AsyncStream<Void>
  private let ending: AsyncStream<Void>.Continuation

  /// - Parameter makeKeeper: makes the keeper of a share.
  init(
    _ shares: [ChannelShare],
    makeKeeper: (ChannelShare, AsyncChannel<ObservedEvent>, KeeperStatus) -> ChannelKeeper
  ) {
    let observations = AsyncChannel<ObservedEvent>()
    self.observations = observations
    let (opened, opening) = AsyncStream.makeStream(of: Void.self)
    (self.opened, self.opening) = (opened, opening)
    (ended, ending) = AsyncStream.makeStream(of: Void.self)
    keepers = shares.map { makeKeeper($0, observations, KeeperStatus(opening: opening)) }
    let pairs = shares.map { _ in AsyncStream.makeStream(of: Void.self) }
    stops = pairs.map(\.stream)
    stopping = pairs.map(\.continuation)
  }

  /// What kept it from going on; nil if nothing did.
  var error: (any Error)? { failure.withLock { $0 } }

  /// Whether everything that happened has been told, as far as it has come.
  var isWhole: Bool { keepers.allSatisfy(\.status.isWhole) }

  /// What all keepers counted.
  var counts: KeeperStatus.Counts {
    keepers.map(\.status.counts).reduce(into: KeeperStatus.Counts()) { sum, counts in
      sum.notifications += counts.notifications
      sum.filled += counts.filled
      sum.unfilled += counts.unfilled
      sum.renewals += counts.renewals
      sum.interruptions += counts.interruptions
    }
  }

  /// Watches until it is stopped, fails, or the task is cancelled.
  func run() async {
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (keeper, stop) in zip(keepers, stops) {
          group.addTask { try await keeper.run { for await _ in stop {} } }
        }
        try await group.waitForAll()
      }
    } catch {
      failure.withLock { $0 = error }
    }
    observations.finish()
    opening.finish()
    ending.finish()
  }

  /// Waits until every channel is open for the first time.
  ///
  /// - Throws: what keeps one from opening; `CancellationError`.
  func waitUntilOpen() async throws {
    var missing = keepers.count
    var opened = opened.makeAsyncIterator()
    while missing > 0, await opened.next() != nil { missing -= 1 }
    try Task.checkCancellation()
    if let error { throw error }
    if missing > 0 { throw CancellationError() }
  }

  /// Ends it, and waits until all sockets are closed.
  func stop() async {
    for stop in stopping { stop.finish() }
    // Nobody takes what is seen any more.
    observations.finish()
    for await _ in ended {}
  }
}
