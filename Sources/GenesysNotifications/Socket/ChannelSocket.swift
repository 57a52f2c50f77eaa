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
              for await _ in questions { try await outbound.write(.ping) }
              try Task.checkCancellation()
              // Who is asked to close may do so before it has sent what waits.
              try await outbound.write(.ping)
              try await waitForAnswer(signs)
              isClosedHere.value = true
              try await outbound.write(.close(.normalClosure))
              try await waitForSilence(signs)
              return nil
            }
            defer { group.cancelAll() }
            let ending = try await group.next() ?? nil
            return isClosedHere.value ? nil : ending
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
    /// Whom answers are told.
    var answered: AsyncStream<Void>.Continuation?

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
        if let answered = signs.value.answered, ChannelMessage.isAnswer(bytes) { answered.finish() }
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
      try await outbound.write(.ping)
      try await wire.sleep(until: before.last.advanced(by: silence))
      if signs.value.last == before.last { return .silent }
    }
  }

  /// Waits for the answer to a ping, or until nothing comes any more.
  private func waitForAnswer(_ signs: Latest<Signs>) async throws {
    let (answers, answered) = AsyncStream.makeStream(of: Void.self)
    signs.change { $0.answered = answered }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { for await _ in answers {} }
      group.addTask { try await waitForSilence(signs) }
      defer { group.cancelAll() }
      try await group.next()
    }
    try Task.checkCancellation()
  }

  /// Waits until nothing comes any more, and nothing waits.
  private func waitForSilence(_ signs: Latest<Signs>) async throws {
    let limit = wire.now.advanced(by: Self.closeLimit)
    while signs.value.isWaiting || wire.now < limit {
      let before = signs.value
      try await wire.sleep(for: Self.closePatience)
      if !before.isWaiting, signs.value.last == before.last { return }
    }
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
