/// Takes messages out of a stream with octet counting.
final class FrameReader {
  private let connection: LoopbackSocket
  private var bytes: [UInt8] = []

  init(_ connection: LoopbackSocket) {
    self.connection = connection
  }

  /// The next message; nil at the end of the stream, where a part of one may be left.
  func next() throws -> String? {
    while true {
      if let blank = bytes.firstIndex(of: 0x20) {
        let digits = String(decoding: bytes[..<blank], as: UTF8.self)
        guard let count = Int(digits), digits == String(count) else {
          throw TestProblem("\(digits) is no length")
        }
        if bytes.count > blank + count {
          let message = bytes[(blank + 1)...(blank + count)]
          bytes.removeFirst(blank + 1 + count)
          return String(decoding: message, as: UTF8.self)
        }
      }
      let more = try connection.receive()
      if more.isEmpty { return nil }
      bytes += more
    }
  }

  /// All messages to the end.
  func rest() throws -> [String] {
    var messages: [String] = []
    while let message = try next() { messages.append(message) }
    return messages
  }
}
