import NIOCore
import NIOWebSocket

/// Puts a client's frames together to messages, as RFC 6455 demands it of a server: frames are masked
/// (§5.1), reserved bits are off (§5.2), and fragments of two messages aren't mixed (§5.4).
struct MessageAssembly {
  /// What a frame comes to.
  enum Event {
    case nothing
    case ping(ByteBuffer)
    case message([UInt8])
    /// The socket ends, with a code of §7.4.1.
    case end(WebSocketErrorCode)
  }

  private let limit: Int
  /// What has come of a message; nil between two.
  private var text: [UInt8]?

  /// - Parameter limit: the most bytes of a message.
  init(limit: Int) {
    self.limit = limit
  }

  mutating func take(_ frame: WebSocketFrame) -> Event {
    guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3 else {
      return .end(.protocolError)
    }
    switch frame.opcode {
    case .connectionClose: return .end(.normalClosure)
    case .ping: return .ping(frame.unmaskedData)
    case .pong: return .nothing
    case .text where text == nil: text = []
    case .continuation where text != nil: break
    case .text, .continuation: return .end(.protocolError)
    case .binary: return .end(.unacceptableData)
    default: return .end(.protocolError)
    }
    let whole = (text ?? []) + frame.unmaskedData.readableBytesView
    if whole.count > limit { return .end(.messageTooLarge) }
    text = frame.fin ? nil : whole
    return frame.fin ? .message(whole) : .nothing
  }
}
