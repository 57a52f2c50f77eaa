import HTTPTransport
import NIOCore
import NIOHTTP1
import NIOPosix
import PatchbayCore

/// Stands between an integration and an organisation, on the loopback interface, and writes down what
/// passes.
///
/// Login and API share its port, as the official clients expect it of any address that isn't a region's.
/// Notification sockets go past it.
package struct RecordingProxy: Sendable {
  /// Where requests go.
  package struct Upstream: Sendable {
    package let api: String
    package let login: String

    package init(api: String, login: String) {
      self.api = api
      self.login = login
    }
  }

  /// The largest body that passes.
  static let bodyLimit = 64 << 20

  private let upstream: Upstream
  private let port: Int
  private let writer: RecordingWriter

  /// - Parameters:
  ///   - port: the port on 127.0.0.1; 0 for any that is free.
  ///   - path: the recording, a file that isn't there yet.
  /// - Throws: `PipelineError` if it is there, or can't be made.
  package init(to upstream: Upstream, port: Int, recordingInto path: String) throws {
    self.upstream = upstream
    self.port = port
    writer = try RecordingWriter(path: path)
  }

  /// Serves until cancelled; says how many exchanges were written.
  ///
  /// - Parameter whenReady: called once, with `http://127.0.0.1:PORT`.
  /// - Throws: `PipelineError` if it can't listen, or the recording couldn't be written.
  package func serve(whenReady: @Sendable (String) -> Void) async throws -> Int {
    let client = HTTPClient(HTTPClientConfiguration())
    let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
    let server: any Channel
    do {
      server = try await ServerBootstrap(group: eventLoop)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline(
              withPipeliningAssistance: true, withErrorHandling: true)
            try channel.pipeline.syncOperations.addHandler(
              PassingHandler(to: upstream, by: client, writer))
          }
        }
        .bind(host: "127.0.0.1", port: port).get()
    } catch {
      throw PipelineError("127.0.0.1:\(port) can't be listened on", cause: error)
    }
    whenReady("http://127.0.0.1:\(server.localAddress?.port ?? port)")
    try? await withTaskCancellationHandler {
      try await server.closeFuture.get()
    } onCancel: {
      server.close(promise: nil)
    }
    await client.shutdown()
    return try writer.close()
  }
}
