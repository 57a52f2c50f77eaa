import NIOCore
import NIOWebSocket
package import PatchbayCore

/// A message of a channel, as it came.
package struct Arrival: Sendable {
  /// When it was read off the wire, on the run's clock.
  package let time: Timestamp
  package let bytes: [UInt8]
}

/// A frame with the time at which it was read off the wire: before it waits for anybody.
struct ReceivedFrame: Sendable {
  let time: Timestamp
  let frame: WebSocketFrame
}

/// Notes when frames come.
final class ArrivalHandler: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias InboundOut = ReceivedFrame

  private let clock: any PipelineClock

  init(clock: any PipelineClock) {
    self.clock = clock
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = unwrapInboundIn(data)
    context.fireChannelRead(wrapInboundOut(ReceivedFrame(time: clock.now, frame: frame)))
  }
}
