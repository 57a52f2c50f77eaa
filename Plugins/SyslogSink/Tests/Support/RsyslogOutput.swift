import Foundation
import Synchronization

/// What rsyslogd passes on, a line of JSON a message.
final class RsyslogOutput: Sendable {
  /// A message as rsyslogd has parsed it.
  struct Message: Decodable, Sendable {
    let raw: String
    let pri: String
    let time: String
    let host: String
    let app: String
    let procid: String
    let msgid: String
    let sd: String
    let msg: String
    let parsed: String

    /// The structured data that its module mmpstrucdata has found: parameters by element.
    func structuredData() throws -> [String: [String: String]] {
      try JSONDecoder().decode([String: [String: String]].self, from: Data(parsed.utf8))
    }

    /// The text without its byte order mark; nil if it has none.
    var json: Substring? { msg.hasPrefix("\u{FEFF}") ? msg.dropFirst() : nil }
  }

  private let connection: LoopbackSocket
  private let left = Mutex<[UInt8]>([])

  init(_ connection: LoopbackSocket) {
    self.connection = connection
  }

  /// Waits for the next message.
  func next() async throws -> Message {
    try await blocking { [self] in
      let line = try left.withLock { bytes in
        while true {
          if let end = bytes.firstIndex(of: 0x0A) {
            let line = bytes[..<end]
            bytes.removeFirst(end + 1)
            return Data(line)
          }
          let more = try connection.receive()
          if more.isEmpty { throw TestProblem("rsyslogd has ended") }
          bytes += more
        }
      }
      return try JSONDecoder().decode(Message.self, from: line)
    }
  }

  /// Waits for so many messages.
  func next(_ count: Int) async throws -> [Message] {
    var messages: [Message] = []
    for _ in 0..<count { messages.append(try await next()) }
    return messages
  }
}
