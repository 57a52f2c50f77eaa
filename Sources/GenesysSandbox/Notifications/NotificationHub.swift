import PatchbayCore
import PatchbayJSON

/// The channels, what they subscribed to, and the sockets that they are read by.
///
/// As on the platform: a channel lives for 24 hours, subscribing extends it; a user of a client has
/// 20 channels, and a new one evicts that which was used least recently, unconnected ones first; a
/// channel has 1 000 topics at most, and one socket, and ends with the token that it was made with. What
/// happens while there is no socket is lost.
struct NotificationHub: Sendable {
  /// What goes to a socket.
  enum Outgoing: Sendable {
    case text(QueuedText)
    /// The socket is closed, after a while.
    case close(after: Duration)
  }

  /// Whose a channel is.
  struct Owner: Sendable, Hashable {
    var client: String
    var user: UUIDBits?
  }

  struct Channel: Sendable {
    let id: String
    let owner: Owner
    /// The token that it was made with.
    let token: String
    var expires: Timestamp
    var lastUsed: Timestamp
    /// As they were asked for.
    var topics: [String] = []
    fileprivate var socket: Socket?
    /// What is sent after the next, and its number among the records.
    fileprivate var heldBack: (text: String, record: UInt64)?
    /// How many notifications were sent.
    fileprivate var sent = 0
    /// When its token ends, and it with it.
    fileprivate var tokenEnd: Timestamp

    /// When it ends.
    fileprivate var end: Timestamp { min(expires, tokenEnd) }

    var isConnected: Bool { socket != nil }
  }

  /// The reader of a channel.
  fileprivate struct Socket: Sendable {
    let number: UInt64
    let outlet: AsyncStream<Outgoing>.Continuation
    let backlog: SocketBacklog
    /// Closes the connection without a word, which somebody who doesn't read wouldn't hear.
    let cut: @Sendable () -> Void

    func send(_ text: String) -> Bool {
      if case .dropped = outlet.yield(.text(QueuedText(text, in: backlog))) { return false }
      return true
    }
  }

  /// How many messages wait for a socket that doesn't take them; then it is cut.
  static let socketBuffer = 10_000
  /// The most bytes that wait for all sockets together; then the one is cut that most wait for.
  static let mostWaiting = 16 << 20
  /// A socket for which no more wait isn't the one that doesn't read.
  private static let leastToCut = 1 << 16
  static let channelLimit = 20
  static let topicLimit = 1_000
  static let lifetime = Duration.seconds(24 * 3600)

  private(set) var channels: [String: Channel] = [:]
  /// What became of the latest notifications.
  private(set) var records: Journal<NotificationRecord>
  /// What they said.
  private(set) var bodies: RequestBodies
  /// Which channels a topic goes to; only topics that somebody asked for.
  private var listeners: [String: [String]] = [:]
  private var made: UInt64 = 0
  private var sockets: UInt64 = 0
  /// The sockets whose end wasn't told, and whose they are.
  private var openSockets: [UInt64: UUIDBits?] = [:]
  private var sent: UInt64 = 0
  private(set) var lastRecord: UInt64 = 0
  private let backlog = SocketBacklog()
  /// No channel expires before that.
  private var noExpiryBefore = Timestamp(nanoseconds: .max)
  /// Whether a channel may end earlier than was known.
  private var hasNews = false

  /// - Parameters:
  ///   - journalCapacity: of how many notifications it is remembered what became of them.
  ///   - bodies: how many bytes of what they said are remembered.
  init(journalCapacity: Int, bodies: ByteCount) {
    records = Journal(capacity: journalCapacity)
    self.bodies = RequestBodies(limit: bodies)
  }

  /// Forgets what became of notifications.
  mutating func clearRecords() {
    records.clear()
    bodies.clear()
  }

  /// Forgets that sockets are open, so that their ends are nobody's news.
  mutating func forgetSockets() { openSockets = [:] }

  /// Whether nobody listens to anything.
  var isQuiet: Bool { listeners.isEmpty }

  /// Whether somebody listens to a topic.
  func hasListeners(_ topic: String) -> Bool { listeners[topic] != nil }

  /// When a channel ends next; nil if there is none.
  var nextExpiry: Timestamp? { channels.isEmpty ? nil : noExpiryBefore }

  /// Whether a channel may end earlier than was known, once.
  mutating func takeNews() -> Bool {
    defer { hasNews = false }
    return hasNews
  }

  // MARK: Channels

  /// Makes a channel, and evicts another if its owner has too many.
  mutating func open(
    for owner: Owner, token: String, endingAt tokenEnd: Timestamp, at now: Timestamp,
    ids: CredentialIDs
  ) -> Channel {
    expire(at: now)
    let own = channels.values.filter { $0.owner == owner }
    if own.count >= Self.channelLimit {
      let evicted = own.min {
        ($0.isConnected ? 1 : 0, $0.lastUsed, $0.id) < ($1.isConnected ? 1 : 0, $1.lastUsed, $1.id)
      }
      if let evicted {
        send(
          Self.failure("404", "channel evicted by a newer one of the same user"), to: evicted.id)
        close(evicted.id)
      }
    }
    let id = "streaming-0-\(ids.id("genesys-sandbox channel", made))"
    made += 1
    let channel = Channel(
      id: id, owner: owner, token: token, expires: now.advanced(by: Self.lifetime), lastUsed: now,
      tokenEnd: tokenEnd)
    channels[id] = channel
    noExpiryBefore = min(noExpiryBefore, channel.end)
    hasNews = true
    return channel
  }

  /// A channel of an owner's, unless it has expired.
  mutating func channel(_ id: String, of owner: Owner, at now: Timestamp) -> Channel? {
    expire(at: now)
    guard let channel = channels[id], channel.owner == owner else { return nil }
    channels[id]?.lastUsed = now
    return channel
  }

  /// An owner's channels, by id.
  mutating func channels(of owner: Owner, at now: Timestamp) -> [Channel] {
    expire(at: now)
    return channels.values.filter { $0.owner == owner }.sorted { $0.id < $1.id }
  }

  /// Gives a channel its topics, which must be known, and 24 hours more.
  mutating func subscribe(_ id: String, to topics: [String], at now: Timestamp) {
    guard let channel = channels[id] else { return }
    unlisten(channel)
    channels[id]?.topics = topics
    channels[id]?.expires = now.advanced(by: Self.lifetime)
    for topic in Set(topics.flatMap { NotificationTopic.names(in: $0) ?? [] }) {
      listeners[topic, default: []].append(id)
    }
  }

  private mutating func unlisten(_ channel: Channel) {
    for topic in Set(channel.topics.flatMap { NotificationTopic.names(in: $0) ?? [] }) {
      listeners[topic]?.removeAll { $0 == channel.id }
      if listeners[topic]?.isEmpty ?? false { listeners[topic] = nil }
    }
  }

  /// Ends the channels whose time is over, and their sockets.
  mutating func expire(at now: Timestamp) {
    if now < noExpiryBefore { return }
    for channel in channels.values where channel.end <= now {
      let reason = channel.expires <= now ? "channel expired" : "its token has expired"
      send(Self.failure("404", reason), to: channel.id)
      close(channel.id)
    }
    noExpiryBefore = channels.values.map(\.end).min() ?? Timestamp(nanoseconds: .max)
  }

  /// Ends a channel and its socket.
  private mutating func close(_ id: String) {
    guard let channel = channels.removeValue(forKey: id) else { return }
    unlisten(channel)
    channel.socket?.outlet.yield(.close(after: .zero))
    channel.socket?.outlet.finish()
  }

  /// Ends the channels that were made with a token that ends now.
  mutating func expire(token: String, at now: Timestamp) {
    for id in channels.keys where channels[id]?.token == token { channels[id]?.tokenEnd = now }
    noExpiryBefore = now
    expire(at: now)
  }

  /// Ends the channels that were made with a token that is no more.
  mutating func close(tokens: (String) -> Bool) {
    for channel in channels.values where tokens(channel.token) {
      let body: JSONValue = [
        "channelId": .string(channel.id), "systemTopicType": "token_revoked",
        "reason": "user_tokens_revoked",
      ]
      send(Self.message("v2.system.token_revoked", body, correlationID: channel.id), to: channel.id)
      close(channel.id)
    }
  }

  // MARK: Sockets

  /// Connects a socket, and disconnects the one before; nil if there is no such channel.
  ///
  /// - Parameter cut: closes the socket's connection at once.
  mutating func connect(
    _ id: String, at now: Timestamp, cut: @escaping @Sendable () -> Void
  ) -> (number: UInt64, messages: AsyncStream<Outgoing>)? {
    expire(at: now)
    guard let channel = channels[id] else { return nil }
    if let old = channel.socket {
      let body: JSONValue = [
        "channelId": .string(id), "systemTopicType": "no_longer_subscribed",
        "reason": "another_channel_subscribed",
      ]
      _ = old.send(Self.message("v2.system.no_longer_subscribed", body, correlationID: id))
      old.outlet.yield(.close(after: .zero))
      old.outlet.finish()
    }
    sockets += 1
    openSockets[sockets] = .some(channel.owner.user)
    let (messages, outlet) = AsyncStream.makeStream(
      of: Outgoing.self, bufferingPolicy: .bufferingOldest(Self.socketBuffer))
    channels[id]?.socket = Socket(
      number: sockets, outlet: outlet, backlog: SocketBacklog(of: backlog), cut: cut)
    channels[id]?.lastUsed = now
    return (sockets, messages)
  }

  /// Forgets a socket that has closed; says whose it was, if it was known until now.
  mutating func leave(_ id: String, socket number: UInt64) -> UUIDBits?? {
    defer { disconnect(id, socket: number) }
    return openSockets.removeValue(forKey: number)
  }

  private mutating func disconnect(_ id: String, socket number: UInt64) {
    guard channels[id]?.socket?.number == number else { return }
    channels[id]?.socket?.outlet.finish()
    channels[id]?.socket = nil
    channels[id]?.heldBack = nil
  }

  /// Closes sockets, with an announcement, or at once as a network that breaks; says how many.
  ///
  /// - Parameters:
  ///   - notice: how long before it is announced; nil to break them off without a word.
  ///   - user: only those of this user.
  ///   - id: only that of this channel.
  mutating func closeSockets(after notice: Duration?, of user: UUIDBits?, channel id: String?)
    -> Int
  {
    let connected = channels.values.filter { channel in
      channel.isConnected && (user == nil || channel.owner.user == user)
        && (id == nil || channel.id == id)
    }
    for channel in connected {
      if let notice { announceClosing(channel, after: notice) } else { cut(channel.id) }
    }
    return connected.count
  }

  private func announceClosing(_ channel: Channel, after notice: Duration) {
    let body: JSONValue = ["message": "the socket will be closed; connect again"]
    _ = channel.socket?.send(
      Self.message("v2.system.socket_closing", body, correlationID: channel.id))
    channel.socket?.outlet.yield(.close(after: notice))
  }

  /// Sends what isn't a notification to a socket, behind what waits for it.
  mutating func say(_ text: String, to number: UInt64, on id: String) {
    if channels[id]?.socket?.number == number { send(text, to: id) }
  }

  /// Closes a socket once it has what waits for it.
  mutating func close(socket number: UInt64, on id: String) {
    guard let socket = channels[id]?.socket, socket.number == number else { return }
    socket.outlet.yield(.close(after: .zero))
    socket.outlet.finish()
    disconnect(id, socket: number)
  }

  // MARK: Messages

  /// Sends a body to all that listen to a topic; what goes wrong on the way is drawn from the seed.
  mutating func publish(
    _ topic: String, _ body: JSONValue, about change: Change, correlationID: String,
    faults: NotificationFaults, next: inout NextFaults, seed: UInt64, at now: Timestamp
  ) {
    guard let ids = listeners[topic] else { return }
    sent += 1
    let text = Self.message(topic, body, correlationID: correlationID)
    // One copy, however many channels there are.
    let bytes = Array(text.utf8)
    for id in ids {
      guard let channel = channels[id] else { continue }
      lastRecord += 1
      var record = NotificationRecord(
        number: lastRecord, time: now, channel: id, topic: topic, correlationID: correlationID,
        change: change, user: channel.owner.user, outcome: .unconnected)
      bodies.append(number: lastRecord, response: bytes)
      if channel.isConnected {
        let meant = next.take(topic: topic, of: channel.owner.user)
        let fault =
          meant?.fault ?? faults.draw(seed: seed, key: KeyedRandom.key(topic.utf8), number: sent)
        deliver(
          text, to: channel, fault, notice: meant?.notice ?? faults.closingNotice, &record)
      } else {
        records.append(record)
      }
    }
  }

  private mutating func deliver(
    _ text: String, to channel: Channel, _ fault: NotificationFault?, notice: Duration,
    _ record: inout NotificationRecord
  ) {
    let heldBack = channel.heldBack
    channels[channel.id]?.heldBack = nil
    switch fault {
    case .lost: record.outcome = .lost
    case .reordered:
      record.outcome = .reordered
      channels[channel.id]?.heldBack = (text, record.number)
    case .duplicated:
      record.outcome = .duplicated
      record.places = [notify(text, on: channel.id), notify(text, on: channel.id)]
    case .closing:
      record.outcome = .closing
      record.places = [notify(text, on: channel.id)]
      announceClosing(channel, after: notice)
    case .cut:
      record.outcome = .cut
      cut(channel.id)
    case nil:
      record.outcome = .sent
      record.places = [notify(text, on: channel.id)]
    }
    records.append(record)
    guard let heldBack, channels[channel.id]?.isConnected ?? false else { return }
    let place = notify(heldBack.text, on: channel.id)
    records.change(heldBack.record) { $0.places = [place] }
  }

  /// Sends a notification; gives its place among those of its channel.
  private mutating func notify(_ text: String, on id: String) -> Int {
    let place = (channels[id]?.sent ?? 0) + 1
    channels[id]?.sent = place
    send(text, to: id)
    return place
  }

  private mutating func send(_ text: String, to id: String) {
    if backlog.count + text.utf8.count > Self.mostWaiting { cutFullest() }
    guard let socket = channels[id]?.socket else { return }
    // If nobody reads it: rather a closed socket, which its client notices, than a silent gap.
    if !socket.send(text) { cut(id) }
  }

  private mutating func cutFullest() {
    let fullest = channels.values.max {
      ($0.socket?.backlog.count ?? 0, $0.id) < ($1.socket?.backlog.count ?? 0, $1.id)
    }
    guard let fullest, let count = fullest.socket?.backlog.count, count > Self.leastToCut
    else { return }
    cut(fullest.id)
  }

  private mutating func cut(_ id: String) {
    channels[id]?.socket?.outlet.finish()
    channels[id]?.socket?.cut()
    channels[id]?.socket = nil
    channels[id]?.heldBack = nil
  }

  /// The envelope of a notification.
  static func message(_ topic: String, _ body: JSONValue, correlationID: String) -> String {
    let message: JSONValue = [
      "topicName": .string(topic), "version": "2", "eventBody": body,
      "metadata": ["CorrelationId": .string(correlationID)],
    ]
    return message.text()
  }

  /// What a socket says when something about it is wrong.
  static func failure(_ result: String, _ message: String) -> String {
    let failure: JSONValue = [
      "result": .string(result), "status": "error", "message": .string(message),
    ]
    return failure.text()
  }
}
