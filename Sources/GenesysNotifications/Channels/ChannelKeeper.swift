import AsyncAlgorithms
import Logging
import NIOSSL
import PatchbayCore

/// Watches the topics of one channel, whatever becomes of the channel: it is renewed before it ends, replaced
/// when its socket breaks, and what nobody heard meanwhile is read.
struct ChannelKeeper: Sendable {
  /// How long a channel whose place another has taken is still read, in real time: what is under way on it
  /// was sent before the other listened.
  private static let farewell = Duration.seconds(1)
  /// How long after a back-fill what it told is under way by notifications, too, in real time.
  private static let settling = Duration.seconds(2)
  /// How long an answer is waited for that shows that it has come, in real time.
  private static let answerPatience = Duration.seconds(10)
  /// How long it may take at the end until channels are left, in real time.
  private static let leave = Duration.seconds(5)

  let share: ChannelShare
  let api: NotificationAPI
  let tls: NIOSSLContext?
  let silence: Duration
  let clock: any PipelineClock
  let logger: Logger
  /// Where what was seen goes.
  let outlet: AsyncChannel<ObservedEvent>
  let status: KeeperStatus
  let slots: RenewalSlots

  /// Watches until it is told to stop, or the task is cancelled.
  ///
  /// - Throws: `PipelineError` when no channel can be opened any more.
  func run(until stop: @escaping @Sendable () async -> Void) async throws {
    let signals = AsyncChannel<WatchSignal>()
    var watch = ChannelWatch(self, begin: clock.now)
    watch.assume(try await usersNow())
    let left = try await withThrowingDiscardingTaskGroup { group in
      group.addTask {
        await stop()
        await signals.send(.stop)
      }
      defer { group.cancelAll() }
      for action in watch.begin() { try start(action, &watch, signals, in: &group) }
      for await signal in signals {
        if case .stop = signal { break }
        for action in await watch.take(signal) { try start(action, &watch, signals, in: &group) }
        status.update(watch)
      }
      try Task.checkCancellation()
      return watch.channels
    }
    await release(left)
  }

  /// Where users stand before anything is watched: that isn't news.
  private func usersNow() async throws -> BackFill.Findings {
    try await BackFill(api: api, share: share, start: clock.now, open: []).readUsersNow()
  }

  private func start(
    _ action: WatchState.Action, _ watch: inout ChannelWatch,
    _ signals: AsyncChannel<WatchSignal>, in group: inout ThrowingDiscardingTaskGroup<any Error>
  ) throws {
    switch action {
    case .open(let number, let pause, let isRenewal):
      let (questions, socket) = AsyncStream.makeStream(of: Void.self)
      let id = Latest<String?>(nil)
      watch.add(number, .init(id: id, isRenewal: isRenewal, socket: socket))
      group.addTask {
        await open(number, id, after: pause, isRenewal: isRenewal, signals, questions)
      }
    case .retire(let number):
      let channel = watch.remove(number)
      group.addTask {
        try? await RealClock().sleep(for: Self.farewell)
        channel?.socket.finish()
        if let id = channel?.id.value { await api.release(id) }
      }
    case .fill(let start):
      let fill = BackFill(api: api, share: share, start: start, open: watch.openConversations)
      group.addTask {
        guard let findings = try? await fill.read() else { return }
        await signals.send(.filled(findings, since: start))
        guard (try? await RealClock().sleep(for: Self.settling)) != nil else { return }
        await signals.send(.due(since: start))
        guard (try? await RealClock().sleep(for: Self.answerPatience)) != nil else { return }
        await signals.send(.settled(since: start))
      }
    case .giveUp(let reason):
      throw PipelineError("no channel of notifications can be opened: \(reason)")
    }
  }

  /// Takes the topics from channels, so that they don't stand in for those that are used.
  private func release(_ channels: [String]) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await withDiscardingTaskGroup { group in
          for id in channels { group.addTask { await api.release(id) } }
        }
      }
      group.addTask { try? await RealClock().sleep(for: Self.leave) }
      // Whichever ends first: nobody waits for a platform that doesn't answer.
      await group.next()
      group.cancelAll()
    }
  }

  // MARK: A channel

  /// Makes a channel, opens its socket and reads that to its end.
  private func open(
    _ number: Int, _ id: Latest<String?>, after pause: Duration, isRenewal: Bool,
    _ signals: AsyncChannel<WatchSignal>, _ questions: AsyncStream<Void>
  ) async {
    let wasOpened = Latest(false)
    do {
      if pause > .zero { try await clock.sleep(for: pause) }
      if isRenewal { try await slots.take() }
    } catch {
      return
    }
    do {
      let channel = try await api.makeChannel(for: share)
      id.value = channel.id
      let ending = try await read(channel, signals, number, questions) { wasOpened.value = true }
      await signals.send(
        .ended(
          number, ending.map { "\($0)" } ?? "it was left", isWhole: ending?.isWhole ?? true))
    } catch is CancellationError {
    } catch {
      let isFinal = (error as? ChannelRefusal)?.isFinal ?? false
      await signals.send(
        wasOpened.value
          ? .ended(number, "\(error)", isWhole: false)
          : .failed(number, "\(error)", isFinal: isFinal))
    }
    // One that was opened keeps its slot until the one before it is left.
    if isRenewal, !wasOpened.value { slots.give() }
  }

  private func read(
    _ channel: NotificationAPI.Channel, _ signals: AsyncChannel<WatchSignal>, _ number: Int,
    _ questions: AsyncStream<Void>, opened: @escaping @Sendable () -> Void
  ) async throws -> SocketEnding? {
    let socket = ChannelSocket(
      url: channel.url, tls: channel.url.isSecure ? tls : nil, clock: clock, silence: silence)
    let (openings, opening) = AsyncStream.makeStream(of: Void.self)
    return try await withThrowingTaskGroup(of: SocketTask.self) { group in
      group.addTask {
        .read(
          try await socket.run(
            opened: { time in
              opened()
              await signals.send(.opened(number, at: time))
              opening.finish()
            },
            received: { await signals.send(.message(number, $0)) }, questions: questions))
      }
      group.addTask {
        for await _ in openings {}
        try await clock.sleep(until: channel.renewal)
        await signals.send(.renewal(number))
        return .announced
      }
      defer { group.cancelAll() }
      while let task = try await group.next() {
        if case .read(let ending) = task { return ending }
      }
      return nil
    }
  }

  /// How the tasks of a socket end.
  private enum SocketTask: Sendable {
    case read(SocketEnding?)
    case announced
  }
}
