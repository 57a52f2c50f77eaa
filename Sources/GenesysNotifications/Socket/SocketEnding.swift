/// Why a socket has ended.
package enum SocketEnding: Sendable, Equatable, CustomStringConvertible {
  /// The other side closed it, with a code of RFC 6455 §7.4.1 if it gave one.
  case closed(code: Int?)
  /// It broke off.
  case broken
  /// Nothing came for too long, not even an answer to a ping.
  case silent
  /// It was left from here though there was no end of what came.
  case unread

  /// Whether all has been read that the other side had for it.
  package var isWhole: Bool { if case .closed = self { true } else { false } }

  package var description: String {
    switch self {
    case .closed(let code?): "the other side closed it with code \(code)"
    case .closed(nil): "the other side closed it"
    case .broken: "the connection broke off"
    case .unread: "it was left before it had been read to its end"
    case .silent: "nothing came any more, not even heartbeats"
    }
  }
}

/// A socket that couldn't be opened.
package struct SocketFailure: Error, CustomStringConvertible {
  package let description: String
}
