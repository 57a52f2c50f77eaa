import NIOCore
import NIOHTTP1
import NIOPosix
import PatchbayCore
import Synchronization

/// Serves the API on the loopback interface, on one event loop.
///
/// Straight on SwiftNIO, since the server has to keep out of the way of what is rehearsed against it:
/// a request is read, answered and written on one thread. With a general HTTP server, which hands
/// each to a task of its own, an event took two to three times the processor time.
struct APIServer {
  private let service: SandboxService

  init(service: SandboxService) {
    self.service = service
  }

  /// Serves until cancelled; then it closes all connections, also under a request, and returns.
  ///
  /// - Parameter whenReady: called once, with the port.
  func serve(whenReady: @Sendable (_ port: Int) -> Void) async throws {
    let connections = OpenConnections()
    let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
    let server = try await ServerBootstrap(group: eventLoop)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(AcceptPause())
        }
      }
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        connections.add(channel)
        return channel.eventLoop.makeCompletedFuture {
          let watch = ConnectionWatch()
          try channel.pipeline.syncOperations.addHandler(watch)
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withPipeliningAssistance: true, withErrorHandling: true,
            withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: limits)
          try channel.pipeline.syncOperations.addHandler(
            RequestHandler(service: service, watch: watch))
        }
      }
      .bind(host: "127.0.0.1", port: service.options.port).get()
    whenReady(server.localAddress?.port ?? service.options.port)
    try await withTaskCancellationHandler {
      try await server.closeFuture.get()
    } onCancel: {
      server.close(promise: nil)
    }
    await connections.closeAll()
  }

  private var limits: NIOHTTPDecoderLimitConfiguration {
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = 16 << 10
    limits.maxHeaderListSize = 64 << 10
    limits.maxHeaderFieldCount = 100
    return limits
  }
}

/// The connections that are open, so that they can be closed when the server stops.
private final class OpenConnections: Sendable {
  private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

  func add(_ channel: any Channel) {
    let id = ObjectIdentifier(channel)
    channels.withLock { $0[id] = channel }
    channel.closeFuture.whenComplete { [self] _ in channels.withLock { $0[id] = nil } }
  }

  func closeAll() async {
    let open = channels.withLock { Array($0.values) }
    for channel in open {
      channel.close(promise: nil)
      try? await channel.closeFuture.get()
    }
  }
}
