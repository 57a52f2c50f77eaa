import AsyncAlgorithms
import GenesysCloud
import HTTPDelivery
import Logging
import NIOSSL
import PatchbayCore
import PatchbayJSON

/// Watches the topics of one channel, whatever becomes of the channel: it is renewed before it ends, replaced
/// when its socket breaks, and what nobody heard meanwhile is read.
struct ChannelKeeper: Sendable {
  /// How long a channel whose place another has taken is still read, in real time: what is under way on it
  /// was sent before the other listened.
  private static let farewell = Duration.seconds(2)
  /// How many messages are known again.
  private static let remembered = 20_000

  let share: ChannelShare
  let api: NotificationAPI
  let tls: NIOSSLContext?
  let silence: Duration
  let clock: any PipelineClock
  let logger: Logger
  /// Where what was seen goes.
  let outlet: AsyncChannel<Observation>
  let status: KeeperStatus

  /// Watches until it is told to stop, or the task is cancelled.
  ///
  /// - Throws: `PipelineError` when no channel can be opened any more.
  func run(until stop: @escaping @Sendable () async -> Void) async throws {
    let signals = AsyncChannel<WatchSignal>()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        await stop()
        await signals.send(.stop)
      }
      var work = Work(keeper: self, signals: signals)
      defer { group.cancelAll() }
      for action in work.state.begin() { try work.start(action, in: &group) }
      for await signal in signals {
        if case .stop = signal { break }
        for action in await work.take(signal) { try work.start(action, in: &group) }
        status.update(work.state)
      }
      try Task.checkCancellation()
      await work.leave()
    }
  }

  /// What one run of a keeper goes by.
  private struct Work {
    let keeper: ChannelKeeper
    let signals: AsyncChannel<WatchSignal>
    var state: WatchState
    private var memory = ObservationMemory()
    private var repetitions = RepetitionMemory(capacity: ChannelKeeper.remembered)
    /// What came while the past was being read, which goes first.
    private var held: [(channel: Int, arrival: Arrival)] = []
    /// Ends channels whose place another has taken.
    private var retirements: [Int: AsyncStream<Void>.Continuation] = [:]
    private var channels: [Int: String] = [:]
    /// When the first channel was open.
    private var begin: Timestamp?

    init(keeper: ChannelKeeper, signals: AsyncChannel<WatchSignal>) {
      self.keeper = keeper
      self.signals = signals
      state = WatchState(now: keeper.clock.now)
    }

    // MARK: Signals

    mutating func take(_ signal: WatchSignal) async -> [WatchState.Action] {
      switch signal {
      case .opened(let number, let channel):
        channels[number] = channel.id
        begin = begin ?? keeper.clock.now
        keeper.status.open()
        return state.opened(number, at: keeper.clock.now)
      case .message(let number, let arrival):
        state.hear(at: arrival.time)
        if state.isFilling {
          held.append((number, arrival))
          return []
        }
        return await take(arrival, on: number)
      case .renewal(let number): return state.mustRenew(number)
      case .ended(let number, let reason):
        keeper.logger.warning("a channel of notifications ended: \(reason); another is opened")
        return state.ended(number)
      case .failed(let number, let reason, let isFinal):
        keeper.logger.warning("a channel of notifications couldn't be opened: \(reason)")
        return state.failed(number, reason, isFinal: isFinal)
      case .filled(let findings): return await take(findings)
      case .stop: return []
      }
    }

    private mutating func take(_ arrival: Arrival, on number: Int) async -> [WatchState.Action] {
      let message: ChannelMessage
      do {
        message = try ChannelMessage(arrival.bytes)
      } catch {
        await keeper.outlet.send(.unreadable("\(error)"))
        return []
      }
      switch message {
      case .sign: return []
      case .closing: return state.mustRenew(number)
      case .over(let reason):
        // The socket is closed behind it, or says nothing more.
        retirements.removeValue(forKey: number)?.finish()
        keeper.logger.warning("a channel of notifications ended: \(reason); another is opened")
        return state.ended(number)
      case .notification(let topic, let body):
        await take(topic, body, arrival, on: number)
        return []
      }
    }

    private mutating func take(
      _ topic: String, _ body: JSONValue, _ arrival: Arrival, on number: Int
    ) async {
      guard let (user, watched) = WatchedTopics.parse(topic) else { return }
      keeper.status.count(\.notifications)
      let states: [ObservedState]
      switch repetitions.see(arrival.bytes, on: number) {
      case .echo: return
      case .repeated(let known): states = known
      case .new:
        do {
          states = try observed(watched, body, of: user)
        } catch {
          await keeper.outlet.send(.unreadable("\(error)"))
          return
        }
        repetitions.note(states, of: arrival.bytes)
      }
      for state in states { await keeper.outlet.send(.notified(state, at: arrival.time)) }
    }

    private mutating func observed(
      _ topic: WatchedTopics, _ body: JSONValue, of user: UUIDBits
    ) throws -> [ObservedState] {
      if case .conversations = topic {
        return try ConversationReader.parts(in: body, of: user).compactMap {
          memory.see($0.now, of: $0.part)
        }
      }
      let standing = try UserReader.standing(in: body, of: topic)
      return [memory.see(standing, topic, of: user)].compactMap(\.self)
    }

    private mutating func take(_ findings: BackFill.Findings) async -> [WatchState.Action] {
      for failure in findings.failures {
        keeper.status.count(\.unfilled)
        keeper.logger.error("what was missed can't be read: \(failure)")
      }
      let now = keeper.clock.now
      for state in findings.states(notIn: &memory, since: begin ?? now) {
        keeper.status.count(\.filled)
        await keeper.outlet.send(.filled(state, at: now))
      }
      var actions = state.filled()
      if !state.isFilling {
        let waiting = held
        held = []
        for (number, arrival) in waiting { actions += await take(arrival, on: number) }
      }
      return actions
    }

    // MARK: Actions

    mutating func start(
      _ action: WatchState.Action, in group: inout ThrowingTaskGroup<Void, any Error>
    ) throws {
      let (keeper, signals) = (keeper, signals)
      switch action {
      case .open(let number, let failures):
        let (retired, retirement) = AsyncStream.makeStream(of: Void.self)
        retirements[number] = retirement
        group.addTask {
          await keeper.watch(number, failures: failures, signals) { for await _ in retired {} }
        }
      case .retire(let number):
        let retirement = retirements.removeValue(forKey: number)
        let channel = channels.removeValue(forKey: number)
        group.addTask {
          try? await ContinuousClock().sleep(for: ChannelKeeper.farewell)
          retirement?.finish()
          if let channel { await keeper.api.release(channel) }
        }
      case .fill(let start, let end):
        let fill = BackFill(
          api: keeper.api, share: keeper.share, start: start, end: end,
          open: memory.openConversations)
        group.addTask {
          guard let findings = try? await fill.read() else { return }
          await signals.send(.filled(findings))
        }
      case .giveUp(let reason):
        throw PipelineError("no channel of notifications can be opened: \(reason)")
      }
    }

    /// Takes its topics from what is still open.
    func leave() async {
      for channel in channels.values { await keeper.api.release(channel) }
    }
  }

  /// Makes a channel, opens its socket and reads that to its end.
  private func watch(
    _ number: Int, failures: Int, _ signals: AsyncChannel<WatchSignal>,
    until retired: @escaping @Sendable () async -> Void
  ) async {
    let wasOpened = Latest(false)
    do {
      if failures > 0 { try await clock.sleep(for: WatchState.pause(after: failures)) }
      let channel = try await api.makeChannel(for: share)
      let ending = try await read(channel, signals, number, until: retired) {
        wasOpened.value = true
      }
      if let ending { await signals.send(.ended(number, "\(ending)")) }
    } catch is CancellationError {
      return
    } catch {
      let signal: WatchSignal =
        wasOpened.value
        ? .ended(number, "\(error)")
        : .failed(number, "\(error)", isFinal: error is PipelineError)
      await signals.send(signal)
    }
  }

  private func read(
    _ channel: NotificationAPI.Channel, _ signals: AsyncChannel<WatchSignal>, _ number: Int,
    until retired: @escaping @Sendable () async -> Void, opened: @escaping @Sendable () -> Void
  ) async throws -> SocketEnding? {
    let socket = ChannelSocket(
      url: channel.url, tls: channel.url.isSecure ? tls : nil, clock: clock, silence: silence)
    return try await withThrowingTaskGroup(of: SocketTask.self) { group in
      group.addTask {
        .read(
          try await socket.run(
            opened: {
              opened()
              await signals.send(.opened(number, channel))
            },
            received: { await signals.send(.message(number, $0)) }, closing: retired))
      }
      group.addTask {
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
