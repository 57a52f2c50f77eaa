import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// A server of one WebSocket, on a free port of this machine.
struct SocketServer: Sendable {
  typealias Socket = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>
  typealias Inbound = NIOAsyncChannelInboundStream<WebSocketFrame>
  typealias Outbound = NIOAsyncChannelOutboundWriter<WebSocketFrame>

  /// What it does with the first connection, which is closed behind it.
  enum Behaviour: Sendable {
    case socket(@Sendable (Inbound, Outbound) async throws -> Void)
    /// It answers 426.
    case refusal
  }

  let behaviour: Behaviour
  var tls: NIOSSLContext?

  /// Runs a body while it serves.
  func run<Value: Sendable>(
    _ body: @escaping @Sendable (_ port: Int) async throws -> Value
  ) async throws -> Value {
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture { try configure(channel) }
      }
    let port = server.channel.localAddress?.port ?? 0
    return try await server.executeThenClose { connections in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for try await connection in connections {
            if let socket = try await connection.get(), case .socket(let serve) = behaviour {
              try? await socket.executeThenClose { try await serve($0, $1) }
            }
          }
        }
        defer { group.cancelAll() }
        return try await body(port)
      }
    }
  }

  private func configure(_ channel: any Channel) throws -> EventLoopFuture<Socket?> {
    if let tls {
      try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
    }
    let upgrader = NIOTypedWebSocketServerUpgrader<Socket?>(
      shouldUpgrade: { channel, _ in
        var headers: HTTPHeaders?
        if case .socket = behaviour { headers = HTTPHeaders() }
        return channel.eventLoop.makeSucceededFuture(headers)
      },
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture { try Socket(wrappingChannelSynchronously: channel) }
      })
    return try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
      configuration: .init(
        upgradeConfiguration: NIOTypedHTTPServerUpgradeConfiguration(
          upgraders: [upgrader],
          notUpgradingCompletionHandler: { channel in
            channel.eventLoop.makeCompletedFuture {
              try channel.pipeline.syncOperations.addHandler(Refuser())
              return nil
            }
          })))
  }
}

/// Answers 426 to whatever comes.
private final class Refuser: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .end = unwrapInboundIn(data) else { return }
    let head = HTTPResponseHead(
      version: .http1_1, status: .upgradeRequired, headers: ["Content-Length": "0"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}

extension WebSocketFrame {
  static func text(_ text: String, isLast: Bool = true) -> WebSocketFrame {
    WebSocketFrame(fin: isLast, opcode: .text, data: ByteBuffer(string: text))
  }
}
