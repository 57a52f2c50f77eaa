import AsyncAlgorithms
import Logging
import PatchbayCore
import PatchbayJSON

/// What a keeper knows: its channels, what was seen, and what waits; one task owns it.
struct ChannelWatch {
  /// A channel that is open, or being opened.
  struct Entry {
    /// The platform's id of it, once there is one.
    let id: Latest<String?>
    /// Whether it takes another's place, and so has a slot.
    let isRenewal: Bool
    /// Asks its socket's other side for an answer; its end lets the socket be closed.
    let socket: AsyncStream<Void>.Continuation
  }

  /// A message, and on which channel it came.
  private struct Heard: Sendable {
    let channel: Int
    let arrival: Arrival
  }

  /// How many messages are known again.
  private static let remembered = 20_000
  /// The most bytes of notifications that wait while the past is being read, or a channel is read to its end.
  private static let mostHeld = 64 << 20

  private let keeper: ChannelKeeper
  private(set) var state: WatchState
  private let users: Set<UUIDBits>
  private let topics: Set<WatchedTopic>
  private var memory: ObservationMemory
  private var repetitions = RepetitionMemory(capacity: remembered)
  /// What came while the past was being read, which goes first.
  private var held: [Heard] = []
  private var heldBytes = 0
  /// What came on a channel while the one before it was still read.
  private var handover = Handover<Heard>()
  private var handoverBytes = 0
  private var entries: [Int: Entry] = [:]
  private var wasEverOpen = false
  /// How things stood when they were read, which is told once all notifications of it have come.
  private var standing: BackFill.Findings?
  /// Since when the gap was for which that was read.
  private var standingSince: Timestamp?
  /// The channel whose answer shows that they have come.
  private var asked: Int?
  /// Whether that waits for a channel's end alone.
  private var isDueToSettle = false
  /// Whom and what notifications told of since the last gap was read.
  private var told: Set<UUIDBits> = []

  init(_ keeper: ChannelKeeper, begin: Timestamp) {
    self.keeper = keeper
    state = WatchState(now: begin)
    memory = ObservationMemory(begin: begin)
    users = Set(keeper.share.users)
    topics = Set(keeper.share.topics)
  }

  /// The ids of the channels that there are.
  var channels: [String] { entries.values.compactMap(\.id.value) }

  /// The conversations of which more may have come.
  var openConversations: Set<UUIDBits> { memory.openConversations }

  mutating func begin() -> [WatchState.Action] { state.begin() }

  /// Takes in what isn't news.
  mutating func assume(_ findings: BackFill.Findings) {
    _ = findings.news(notIn: &memory)
  }

  mutating func add(_ number: Int, _ entry: Entry) { entries[number] = entry }

  mutating func remove(_ number: Int) -> Entry? { entries.removeValue(forKey: number) }

  // MARK: Signals

  mutating func take(_ signal: WatchSignal) async -> [WatchState.Action] {
    switch signal {
    case .opened(let number, let time): return opened(number, at: time)
    case .message(let number, let arrival):
      state.hear(at: arrival.time)
      return await take(arrival, on: number)
    case .renewal(let number): return state.mustRenew(number)
    case .ended(let number, let reason, let isWhole):
      return await ended(number, reason, isWhole: isWhole)
    case .failed(let number, let reason, let isFinal):
      _ = remove(number)
      keeper.logger.warning("a channel of notifications couldn't be opened: \(reason)")
      return state.failed(number, reason, isFinal: isFinal)
    case .filled(let findings, let since): return await take(findings, since: since)
    case .due(let since):
      if since == standingSince { await askForAnswer() }
      return []
    case .settled(let since):
      if since == standingSince { await settle() }
      return []
    case .stop: return []
    }
  }

  private mutating func opened(_ number: Int, at time: Timestamp) -> [WatchState.Action] {
    let actions = state.opened(number, at: time)
    if !wasEverOpen { keeper.status.open() }
    wasEverOpen = true
    if state.isCurrent(number) { handover.begin(number) }
    let isTakingOver = actions.contains { if case .retire = $0 { true } else { false } }
    // The one whose place it was to take has ended before.
    if entries[number]?.isRenewal ?? false, !isTakingOver { keeper.slots.give() }
    return actions
  }

  private mutating func ended(
    _ number: Int, _ reason: String, isWhole: Bool
  ) async -> [WatchState.Action] {
    let isCurrent = state.isCurrent(number)
    if isCurrent {
      keeper.logger.warning("a channel of notifications ended: \(reason); another is opened")
    }
    // Its place has been taken otherwise; its socket may still be open, though it brings nothing.
    remove(number)?.socket.finish()
    if state.isRetired(number) { keeper.slots.give() }
    let waited = handover.end(number)
    if !handover.isGoingOn { handoverBytes = 0 }
    // What came before a gap is told before the gap is read, and what came behind it afterwards.
    var actions = await take(waited.filter { !state.isCurrent($0.channel) })
    actions += state.ended(number, isWhole: isWhole)
    actions += await take(waited.filter { state.isCurrent($0.channel) })
    if isDueToSettle { await settle() }
    return actions
  }

  private mutating func take(_ messages: [Heard]) async -> [WatchState.Action] {
    var actions: [WatchState.Action] = []
    for message in messages { actions += await take(message.arrival, on: message.channel) }
    return actions
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
    case .answer:
      if number == asked { await settle() }
      return []
    case .closing: return state.mustRenew(number)
    // It says so behind everything else.
    case .over(let reason): return await ended(number, reason, isWhole: true)
    case .notification(let topic, let body):
      guard let (user, watched) = WatchedTopic.parse(topic), users.contains(user),
        topics.contains(watched)
      else { return [] }
      if handover.keep(Heard(channel: number, arrival: arrival), on: number) {
        return await waiting(arrival)
      }
      if state.isFilling {
        hold(arrival, on: number)
        return []
      }
      await tell(watched, user, body, arrival, on: number)
      return []
    }
  }

  // MARK: Notifications

  /// Counts what waits for a channel's end: rather out of order than held for ever.
  private mutating func waiting(_ arrival: Arrival) async -> [WatchState.Action] {
    handoverBytes += arrival.bytes.count
    if handoverBytes <= Self.mostHeld { return [] }
    handoverBytes = 0
    return await take(handover.abandon())
  }

  private mutating func hold(_ arrival: Arrival, on number: Int) {
    held.append(Heard(channel: number, arrival: arrival))
    heldBytes += arrival.bytes.count
    guard heldBytes > Self.mostHeld, let first = held.first else { return }
    // Rather read once more than held for ever.
    state.miss(since: first.arrival.time)
    held = []
    heldBytes = 0
  }

  private mutating func tell(
    _ topic: WatchedTopic, _ user: UUIDBits, _ body: JSONValue, _ arrival: Arrival, on number: Int
  ) async {
    keeper.status.count(\.notifications)
    let states: [ObservedState]
    switch repetitions.see(arrival.bytes, on: number) {
    case .echo: return
    case .repeated(let known): states = known
    case .new:
      do {
        states = try observed(topic, body, of: user)
      } catch {
        await keeper.outlet.send(.unreadable("\(error)"))
        return
      }
      repetitions.note(states, of: arrival.bytes)
    }
    for state in states { await keeper.outlet.send(.notified(state, at: arrival.time)) }
  }

  private mutating func observed(
    _ topic: WatchedTopic, _ body: JSONValue, of user: UUIDBits
  ) throws -> [ObservedState] {
    if case .conversations = topic {
      let parts = try ConversationReader.parts(in: body, of: [user])
      let states = parts.compactMap { memory.see($0.now, of: $0.part) }
      if let conversation = ConversationReader.id(of: body) {
        if standing != nil { told.insert(conversation) }
        if ConversationReader.isOver(body) { memory.close(conversation) }
      }
      return states
    }
    if standing != nil { told.insert(user) }
    return [memory.see(try UserReader.standing(in: body, of: topic), topic, of: user)]
      .compactMap(\.self)
  }

  // MARK: After a gap

  private mutating func take(
    _ findings: BackFill.Findings, since: Timestamp
  ) async -> [WatchState.Action] {
    for failure in findings.failures {
      keeper.status.count(\.unfilled)
      keeper.logger.error("what was missed can't be read: \(failure)")
    }
    for id in findings.closed { memory.close(id) }
    await fill(findings.past.news(notIn: &memory))
    let actions = state.filled()
    if state.isFilling { return actions }
    standing = findings.present
    standingSince = since
    told = []
    let waiting = held
    held = []
    heldBytes = 0
    return await actions + take(waiting)
  }

  /// Asks the channel for an answer, behind which everything has come that is under way on it: it may be read
  /// more slowly than it is written.
  private mutating func askForAnswer() async {
    guard let (number, entry) = entries.first(where: { state.isCurrent($0.key) }) else { return }
    asked = number
    entry.socket.yield()
  }

  /// Tells how things stood when they were read, as far as no notification has told of it since: what comes by
  /// notifications comes step by step.
  private mutating func settle() async {
    isDueToSettle = handover.isGoingOn
    guard !isDueToSettle, var present = standing else { return }
    (standing, standingSince, asked) = (nil, nil, nil)
    present.parts.removeAll { told.contains($0.part.conversation) }
    present.standings.removeAll { told.contains($0.user) }
    told = []
    await fill(present.news(notIn: &memory))
  }

  private func fill(_ states: [ObservedState]) async {
    let now = keeper.clock.now
    for state in states {
      keeper.status.count(\.filled)
      await keeper.outlet.send(.filled(state, at: now))
    }
  }

  /// Whether everything that happened has been told, as far as it has come.
  var isWhole: Bool { state.isWhole && standing == nil && !handover.isGoingOn }
}
