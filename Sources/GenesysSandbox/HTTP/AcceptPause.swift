import NIOCore

/// Stops accepting for a moment when a connection can't be accepted, as without a free descriptor.
///
/// The connection stays ready to be accepted, so that the event loop would be told of it at once, and
/// again. SwiftNIO's `AcceptBackoffHandler` delays the next read only, and a read is still pending after
/// one that failed: with it, the loop took a whole processor. An error that ends the server closes its
/// channel as well; so the others stop here, and don't end whoever takes the connections.
final class AcceptPause: ChannelInboundHandler {
  typealias InboundIn = any Channel

  private static let time = TimeAmount.milliseconds(100)

  private var isPaused = false

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is IOError else {
      context.fireErrorCaught(error)
      return
    }
    if isPaused { return }
    let options = context.channel.syncOptions
    guard let options, (try? options.setOption(.autoRead, value: false)) != nil else { return }
    isPaused = true
    context.eventLoop.assumeIsolated().scheduleTask(in: Self.time) { [self] in
      isPaused = false
      try? options.setOption(.autoRead, value: true)
    }
  }
}
