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
  /// How long the other side may take to answer a close.
  private static let closePatience = Duration.seconds(2)

  let url: SocketURL
  /// Whom it trusts; nil where the address is plain.
  let tls: NIOSSLContext?
  let clock: any PipelineClock
  /// For how long nothing may come.
  let silence: Duration

  package init(
    url: SocketURL, tls: NIOSSLContext?, clock: any PipelineClock, silence: Duration
  ) {
    self.url = url
    self.tls = tls
    self.clock = clock
    self.silence = silence
  }

  /// Opens the socket and reads it until it ends.
  ///
  /// - Parameters:
  ///   - opened: called once it is open.
  ///   - received: takes each message; the socket isn't read on meanwhile.
  ///   - closing: waits until it is to be closed; then what is still under way is read to its end.
  /// - Returns: why it has ended; nil if it was closed from here.
  /// - Throws: `SocketFailure` if it couldn't be opened; `CancellationError`.
  package func run(
    opened: @escaping @Sendable () async -> Void,
    received: @escaping @Sendable (Arrival) async -> Void,
    closing: @escaping @Sendable () async -> Void
  ) async throws -> SocketEnding? {
    let raw = Latest<(any Channel)?>(nil)
    let isClosedHere = Latest(false)
    return try await withTaskCancellationHandler {
      let socket = try await open { raw.value = $0 }
      try Task.checkCancellation()
      do {
        return try await socket.executeThenClose { inbound, outbound in
          await opened()
          return try await withThrowingTaskGroup(of: SocketEnding?.self) { group in
            let heard = Latest(ContinuousClock.now)
            group.addTask { try await read(inbound, outbound, heard, received) }
            group.addTask { try await watch(outbound, heard) }
            group.addTask {
              await closing()
              try Task.checkCancellation()
              isClosedHere.value = true
              try await outbound.write(.close(.normalClosure))
              try await ContinuousClock().sleep(for: Self.closePatience)
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
      raw.value?.close(promise: nil)
    }
  }

  // MARK: Opening

  private func open(_ made: @escaping @Sendable (any Channel) -> Void) async throws -> Frames {
    let opening: EventLoopFuture<Opening>
    do {
      opening = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connectTimeout(Self.patience)
        .channelOption(.socketOption(.tcp_nodelay), value: 1)
        .connect(host: url.host, port: url.port) { channel in
          made(channel)
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
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>,
    _ heard: Latest<ContinuousClock.Instant>,
    _ received: @Sendable (Arrival) async -> Void
  ) async throws -> SocketEnding? {
    for try await item in inbound {
      heard.value = .now
      switch item.frame.opcode {
      case .text:
        await received(
          Arrival(time: item.time, bytes: Array(item.frame.data.readableBytesView)))
        // It isn't silent while its messages wait for us.
        heard.value = .now
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
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>,
    _ heard: Latest<ContinuousClock.Instant>
  ) async throws -> SocketEnding? {
    while true {
      let pingTime = heard.value + silence * 2 / 3
      if ContinuousClock.now < pingTime {
        try await ContinuousClock().sleep(until: pingTime)
        continue
      }
      let before = heard.value
      try await outbound.write(
        .masked(.text, ByteBuffer(string: #"{"message":"ping"}"#)))
      try await ContinuousClock().sleep(until: before + silence)
      if heard.value == before { return .silent }
    }
  }
}

extension WebSocketFrame {
  /// A frame as clients send them: masked (RFC 6455 §5.3).
  fileprivate static func masked(_ opcode: WebSocketOpcode, _ data: ByteBuffer) -> WebSocketFrame {
    WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
  }

  fileprivate static func close(_ code: WebSocketErrorCode) -> WebSocketFrame {
    var data = ByteBuffer()
    data.write(webSocketErrorCode: code)
    return masked(.connectionClose, data)
  }
}
