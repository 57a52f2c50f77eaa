import NIOCore
import NIOHTTP1
import NIOPosix
package import NIOSSL
import NIOWebSocket
package import PatchbayCore

/// One WebSocket (RFC 6455) to a channel of notifications.
///
/// Heartbeats and the pings of a silent socket are on the real clock, as all of the wire is.
package struct ChannelSocket: Sendable {
  private typealias Frames = NIOAsyncChannel<ReceivedFrame, WebSocketFrame>

  /// What became of the request to open it.
  private enum Opening {
    case socket(Frames)
    case refused
  }

  /// The largest message: a conversation with many participants has some ten kilobytes.
  private static let messageLimit = 16 << 20
  /// How long it may take until it is open.
  private static let patience = TimeAmount.seconds(15)
  /// How long the other side may say nothing after a close.
  private static let closePatience = Duration.seconds(2)
  /// How long it may go on all the same.
  private static let closeLimit = Duration.seconds(30)

  let url: SocketURL
  /// Whom it trusts; nil where the address is plain.
  let tls: NIOSSLContext?
  let clock: any PipelineClock
  /// For how long nothing may come.
  let silence: Duration
  /// The clock of what happens on the wire: real, whatever the run's is.
  let wire: any PipelineClock

  package init(
    url: SocketURL, tls: NIOSSLContext?, clock: any PipelineClock, silence: Duration,
    wire: any PipelineClock = RealClock()
  ) {
    self.wire = wire
    self.url = url
    self.tls = tls
    self.clock = clock
    self.silence = silence
  }

  /// Opens the socket and reads it until it ends.
  ///
  /// - Parameters:
  ///   - opened: called once it is open, with the time.
  ///   - received: takes each message; the socket isn't read on meanwhile.
  ///   - questions: each asks the other side for an answer, which comes behind what it had sent before; their
  ///     end closes the socket, once what is still under way has been read.
  /// - Returns: why it has ended; nil if it was closed from here.
  /// - Throws: `SocketFailure` if it couldn't be opened; `CancellationError`.
  package func run(
    opened: @escaping @Sendable (Timestamp) async -> Void,
    received: @escaping @Sendable (Arrival) async -> Void,
    questions: AsyncStream<Void>
  ) async throws -> SocketEnding? {
    let connections = OpenConnections()
    return try await withTaskCancellationHandler {
      let socket = try await open(connections)
      let isClosedHere = Latest(false)
      do {
        return try await socket.executeThenClose { inbound, outbound in
          try Task.checkCancellation()
          await opened(clock.now)
          return try await withThrowingTaskGroup(of: SocketEnding?.self) { group in
            let signs = Latest(Signs(last: wire.now))
            group.addTask { try await read(inbound, outbound, signs, received) }
            group.addTask { try await watch(outbound, signs) }
            group.addTask {
              for await _ in questions { try await ask(outbound, signs) }
              try Task.checkCancellation()
              // Who is asked to close may do so before it has sent what waits.
              let isRead = try await waitForAnswer(outbound, signs)
              isClosedHere.value = true
              try await outbound.write(.close(.normalClosure))
              _ = try await waitForSilence(signs)
              return isRead ? nil : .unread
            }
            defer { group.cancelAll() }
            let ending = try await group.next() ?? nil
            return isClosedHere.value && ending != .unread ? nil : ending
          }
        }
      } catch is CancellationError {
        throw CancellationError()
      } catch {
        try Task.checkCancellation()
        return isClosedHere.value ? nil : .broken
      }
    } onCancel: {
      connections.cancel()
    }
  }

  /// When something last came, and whether it waits for being taken: a socket that isn't read isn't silent.
  private struct Signs: Sendable {
    var last: Timestamp
    var isWaiting = false
    /// How many answers have been asked for, and have come: they come in the order of the questions.
    var asked = 0
    var answers = 0
    /// Who is told of the answer of a number.
    var awaited: (number: Int, told: AsyncStream<Void>.Continuation)?

    mutating func note(at time: Timestamp, isWaiting: Bool = false) {
      last = time
      self.isWaiting = isWaiting
    }
  }

  // MARK: Opening

  private func open(_ connections: OpenConnections) async throws -> Frames {
    let opening: EventLoopFuture<Opening>
    do {
      opening = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connectTimeout(Self.patience)
        .channelOption(.socketOption(.tcp_nodelay), value: 1)
        .connect(host: url.host, port: url.port) { channel in
          connections.add(channel)
          return channel.eventLoop.makeCompletedFuture { try configure(channel) }
        }
      if case .socket(let socket) = try await opening.get() { return socket }
    } catch {
      try Task.checkCancellation()
      throw SocketFailure(description: "\(url.authority) can't be reached: \(error)")
    }
    throw SocketFailure(description: "\(url.authority) didn't open a WebSocket")
  }

  private func configure(_ channel: any Channel) throws -> EventLoopFuture<Opening> {
    if let tls {
      // A name is announced and checked, an address is only checked: SNI has no addresses (RFC 6066 §3).
      let isAddress = (try? SocketAddress(ipAddress: url.host, port: url.port)) != nil
      try channel.pipeline.syncOperations.addHandler(
        NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : url.host))
    }
    let upgrader = NIOTypedWebSocketClientUpgrader<Opening>(
      maxFrameSize: Self.messageLimit
    ) { [clock] channel, _ in
      channel.eventLoop.makeCompletedFuture {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(
          NIOWebSocketFrameAggregator(
            minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 1 << 16,
            maxAccumulatedFrameSize: Self.messageLimit))
        try pipeline.addHandler(ArrivalHandler(clock: clock))
        return .socket(try Frames(wrappingChannelSynchronously: channel))
      }
    }
    let head = HTTPRequestHead(
      version: .http1_1, method: .GET, uri: url.target,
      headers: ["Host": url.authority, "User-Agent": "patchbay"])
    var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
      upgradeConfiguration: NIOTypedHTTPClientUpgradeConfiguration(
        upgradeRequestHead: head, upgraders: [upgrader],
        notUpgradingCompletionHandler: { channel in
          channel.close(promise: nil)
          return channel.eventLoop.makeSucceededFuture(.refused)
        }))
    // The first notification may come right behind the answer.
    configuration.leftOverBytesStrategy = .forwardBytes
    let opening = try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
      configuration: configuration)
    let timeout = channel.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
    opening.whenComplete { _ in timeout.cancel() }
    return opening
  }

  // MARK: Its tasks

  private func read(
    _ inbound: NIOAsyncChannelInboundStream<ReceivedFrame>,
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ signs: Latest<Signs>,
    _ received: @Sendable (Arrival) async -> Void
  ) async throws -> SocketEnding? {
    for try await item in inbound {
      signs.change { $0.note(at: wire.now) }
      switch item.frame.opcode {
      case .text:
        signs.change { $0.note(at: wire.now, isWaiting: true) }
        let bytes = Array(item.frame.data.readableBytesView)
        await received(Arrival(time: item.time, bytes: bytes))
        signs.change { $0.note(at: wire.now) }
        if ChannelMessage.isAnswer(bytes) { noteAnswer(signs) }
      case .ping: try await outbound.write(.masked(.pong, item.frame.data))
      case .connectionClose:
        var data = item.frame.data
        let code = data.readInteger(as: UInt16.self).map { Int($0) }
        try? await outbound.write(.close(.normalClosure))
        return .closed(code: code)
      default: break
      }
    }
    return .broken
  }

  /// Pings a socket on which nothing comes, and gives it up when that brings nothing either.
  private func watch(
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ signs: Latest<Signs>
  ) async throws -> SocketEnding? {
    while true {
      let before = signs.value
      let now = wire.now
      let pingTime = before.last.advanced(by: silence * 2 / 3)
      if before.isWaiting || now < pingTime {
        try await wire.sleep(until: before.isWaiting ? now.advanced(by: silence / 3) : pingTime)
        continue
      }
      try await ask(outbound, signs)
      try await wire.sleep(until: before.last.advanced(by: silence))
      if signs.value.last == before.last { return .silent }
    }
  }

  /// Asks the other side for an answer.
  private func ask(
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ signs: Latest<Signs>
  ) async throws {
    signs.change { $0.asked += 1 }
    try await outbound.write(.ping)
  }

  private func noteAnswer(_ signs: Latest<Signs>) {
    signs.change { signs in
      signs.answers += 1
      if let awaited = signs.awaited, signs.answers >= awaited.number { awaited.told.finish() }
    }
  }

  /// Asks for an answer and waits for just that, or until nothing comes any more.
  ///
  /// - Returns: whether either was so; else there is no end of what comes.
  private func waitForAnswer(
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ signs: Latest<Signs>
  ) async throws -> Bool {
    let (answers, told) = AsyncStream.makeStream(of: Void.self)
    signs.change { $0.awaited = ($0.asked + 1, told) }
    try await ask(outbound, signs)
    let isRead = try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        for await _ in answers {}
        return true
      }
      group.addTask { try await waitForSilence(signs) }
      defer { group.cancelAll() }
      return try await group.next() ?? false
    }
    try Task.checkCancellation()
    return isRead
  }

  /// Waits until nothing comes any more, and nothing waits.
  ///
  /// - Returns: whether that was so before its time was over.
  private func waitForSilence(_ signs: Latest<Signs>) async throws -> Bool {
    let limit = wire.now.advanced(by: Self.closeLimit)
    while signs.value.isWaiting || wire.now < limit {
      let before = signs.value
      try await wire.sleep(for: Self.closePatience)
      if !before.isWaiting, signs.value.last == before.last { return true }
    }
    return false
  }
}

extension WebSocketFrame {
  /// A frame as clients send them: masked (RFC 6455 §5.3).
  fileprivate static func masked(_ opcode: WebSocketOpcode, _ data: ByteBuffer) -> WebSocketFrame {
    WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
  }

  fileprivate static var ping: WebSocketFrame {
    masked(.text, ByteBuffer(string: ChannelMessage.ping))
  }

  fileprivate static func close(_ code: WebSocketErrorCode) -> WebSocketFrame {
    var data = ByteBuffer()
    data.write(webSocketErrorCode: code)
    return masked(.connectionClose, data)
  }
}
