import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import PatchbayCore
import Synchronization

/// Serves the notifications' WebSockets (RFC 6455), on a port of their own as on the platform.
struct NotificationServer {
  private typealias Socket = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

  /// What a connection turned out to be.
  private enum Connection {
    case socket(Socket, Seat)
    /// No upgrade was asked for; it was told so.
    case other
  }

  /// A socket's place at its channel.
  private struct Seat: Sendable {
    /// The channel's id, as it was asked for.
    var channel: String
    /// The socket's number and what is sent to it; nil if there is no such channel.
    var socket: (number: UInt64, messages: AsyncStream<NotificationHub.Outgoing>)?
  }

  /// The most bytes in a frame from a client: what a subscription to 1 000 topics takes.
  private static let frameLimit = 1 << 17

  /// How long a reader may take for what waited when its socket's end came, in real time.
  private static let closePatience = Duration.seconds(60)

  private let service: SandboxService
  private let logger: Logger

  init(service: SandboxService, logger: Logger) {
    self.service = service
    self.logger = logger
  }

  /// Serves until cancelled; then it closes all sockets.
  ///
  /// - Parameter whenReady: called once, with the port.
  func serve(whenReady: @escaping @Sendable (_ port: Int) async throws -> Void) async throws {
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(AcceptPause())
        }
      }
      .bind(host: "127.0.0.1", port: service.options.notificationPort) { channel in
        channel.eventLoop.makeCompletedFuture { try configure(channel) }
      }
    let port = server.channel.localAddress?.port ?? service.options.notificationPort
    try await server.executeThenClose { connections in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await whenReady(port) }
        group.addTask {
          try await withThrowingDiscardingTaskGroup { group in
            for try await connection in connections {
              group.addTask { await serve(connection) }
            }
          }
        }
        // Whichever ends first ends the other.
        defer { group.cancelAll() }
        try await group.next()
      }
    }
  }

  private func configure(_ channel: any Channel) throws -> EventLoopFuture<Connection> {
    let seat = Mutex(Seat(channel: ""))
    let refusal = Mutex<Int?>(nil)
    let upgrader = NIOTypedWebSocketServerUpgrader<Connection>(
      maxFrameSize: Self.frameLimit,
      shouldUpgrade: { channel, head in
        let target = RequestTarget(parsing: head.uri)
        if let found = service.policy.refusal(.init(head.headers), authority: target.authority) {
          refusal.withLock { $0 = found.status }
          return channel.eventLoop.makeSucceededFuture(nil)
        }
        guard head.uri.hasPrefix("/channels/") else {
          return channel.eventLoop.makeSucceededFuture(nil)
        }
        if refuses(head.uri) {
          refusal.withLock { $0 = 503 }
          return channel.eventLoop.makeSucceededFuture(nil)
        }
        // Before the client is told: what happens from then on reaches it.
        // Later, since whoever cuts it holds what its end asks for.
        let taken = takeSeat(head.uri) { channel.eventLoop.execute { channel.close(promise: nil) } }
        seat.withLock { $0 = taken }
        channel.closeFuture.whenComplete { _ in leave(taken) }
        return channel.eventLoop.makeSucceededFuture(HTTPHeaders())
      },
      upgradePipelineHandler: { channel, head in
        channel.eventLoop.makeCompletedFuture {
          .socket(
            try Socket(wrappingChannelSynchronously: channel), seat.withLock { $0 })
        }
      })
    let configuration = NIOTypedHTTPServerUpgradeConfiguration(
      upgraders: [upgrader],
      notUpgradingCompletionHandler: { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            NotASocketHandler(status: refusal.withLock { $0 }))
          return .other
        }
      })
    let negotiation = try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
      configuration: .init(upgradeConfiguration: configuration))
    let timeout = channel.eventLoop.scheduleTask(in: ConnectionWatch.patience) {
      channel.close(promise: nil)
    }
    negotiation.whenComplete { _ in timeout.cancel() }
    return negotiation
  }

  private func serve(_ negotiation: EventLoopFuture<Connection>) async {
    do {
      guard case .socket(let socket, let seat) = try await negotiation.get() else { return }
      try await serve(socket, seat)
    } catch {
      // A client that goes away, or that doesn't speak the protocol, is its own affair.
      logger.debug("a notification socket ended: \(error)")
    }
  }

  private func takeSeat(_ path: String, cut: @escaping @Sendable () -> Void) -> Seat {
    let id = Self.channel(in: path)
    return service.withModel { model in
      let now = service.present(of: model)
      let socket = model.notifications.connect(id, at: now, cut: cut)
      model.note(socket == nil ? .refused : .opened, on: id, at: now)
      return Seat(channel: id, socket: socket)
    }
  }

  /// Whether a socket is to be refused on purpose.
  private func refuses(_ path: String) -> Bool {
    service.withModel { model in
      let user = model.notifications.channels[Self.channel(in: path)]?.owner.user
      guard model.nextFaults.takeRefusal(of: user) else { return false }
      model.note(.refused, on: Self.channel(in: path), at: service.present(of: model))
      return true
    }
  }

  private static func channel(in path: String) -> String {
    String(path.dropFirst("/channels/".count).prefix { $0 != "?" })
  }

  private func leave(_ seat: Seat) {
    guard let number = seat.socket?.number else { return }
    service.withModel { model in
      if let user = model.notifications.leave(seat.channel, socket: number) {
        model.note(.closed, on: seat.channel, of: user, at: service.present(of: model))
      }
    }
  }

  private func serve(_ socket: Socket, _ seat: Seat) async throws {
    let id = seat.channel
    try await socket.executeThenClose { inbound, outbound in
      guard let (number, messages) = seat.socket else {
        try await outbound.write(
          .text(NotificationHub.failure("404", "there is no channel [\(id)]")))
        try await outbound.write(.close)
        return
      }
      defer { leave(seat) }
      let (announcements, announce) = AsyncStream.makeStream(of: Duration.self)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await receive(inbound, outbound, channel: id, number) }
        group.addTask { try await send(messages, outbound, announce) }
        group.addTask { try await close(number, on: id, after: announcements) }
        group.addTask { try await beat(outbound) }
        // Whichever ends first ends the socket.
        try await group.next()
        group.cancelAll()
      }
    }
  }

  // MARK: The socket's tasks

  private func send(
    _ messages: AsyncStream<NotificationHub.Outgoing>,
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>,
    _ announce: AsyncStream<Duration>.Continuation
  ) async throws {
    for await message in messages {
      switch message {
      case .text(let queued): try await outbound.write(.text(queued.text))
      case .close(.zero):
        try await outbound.write(.close)
        return
      // Until then everything goes on.
      case .close(let notice): announce.yield(notice)
      }
    }
    // It was broken off: nothing is said of that.
  }

  /// Closes a socket for which that has been announced, when its time has come.
  private func close(
    _ socket: UInt64, on id: String, after announcements: AsyncStream<Duration>
  ) async throws {
    for await notice in announcements {
      // As for latencies: a client sees real time pass, whatever the run's clock says.
      try await ContinuousClock().sleep(for: notice)
      service.withModel { $0.notifications.close(socket: socket, on: id) }
      // Whoever reads slowly gets what waits first, and the socket ends by that; nobody is waited for longer.
      try await ContinuousClock().sleep(for: Self.closePatience)
      return
    }
    // Nothing was announced, and the socket has ended.
    try Task.checkCancellation()
  }

  private func beat(_ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>) async throws {
    while true {
      try await ContinuousClock().sleep(for: service.options.heartbeat)
      service.withModel { $0.notifications.expire(at: service.present(of: $0)) }
      try await outbound.write(
        .text(
          #"{"topicName":"channel.metadata","eventBody":{"message":"WebSocket Heartbeat"}}"#))
    }
  }

  private func receive(
    _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, channel id: String,
    _ socket: UInt64
  ) async throws {
    var assembly = MessageAssembly(limit: Self.frameLimit)
    for try await frame in inbound {
      switch assembly.take(frame) {
      case .nothing: break
      case .ping(let data):
        try await outbound.write(WebSocketFrame(fin: true, opcode: .pong, data: data))
      case .message(let text):
        service.withModel { model in
          model.note(
            .received, on: id, message: String(decoding: text, as: UTF8.self),
            at: service.present(of: model))
        }
        if let answer = SocketRequest.answer(text, channel: id, service: service) {
          // Behind the notifications that wait.
          service.withModel { $0.notifications.say(answer, to: socket, on: id) }
        }
      case .end(let code):
        try await outbound.write(.close(code))
        return
      }
    }
  }
}

extension WebSocketFrame {
  fileprivate static func text(_ text: String) -> WebSocketFrame {
    WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text))
  }

  /// A normal end (RFC 6455 §7.4.1, status 1000).
  fileprivate static var close: WebSocketFrame { close(.normalClosure) }

  fileprivate static func close(_ code: WebSocketErrorCode) -> WebSocketFrame {
    var data = ByteBuffer()
    data.write(webSocketErrorCode: code)
    return WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
  }
}

/// Tells whoever doesn't ask for a WebSocket that there is nothing else here, and whoever may not have
/// one that it is refused.
private final class NotASocketHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let refused: HTTPResponseStatus?

  init(status: Int?) {
    refused = status.map { HTTPResponseStatus(statusCode: $0) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .end = unwrapInboundIn(data) else { return }
    var headers: HTTPHeaders = ["Connection": "close", "Content-Length": "0"]
    if refused == nil { headers.add(name: "Upgrade", value: "websocket") }
    let head = HTTPResponseHead(
      version: .http1_1, status: refused ?? .upgradeRequired, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      channel.close(promise: nil)
    }
  }
}
