import PatchbayJSON
import Testing

/// A notification channel, and the bytes that make a socket of it and go over it.
struct TestChannel: Sendable {
  let id: String
  let port: Int

  /// Asks for a socket.
  func upgrade(_ fields: [String: String] = [:]) -> [UInt8] {
    var all = [
      "Host": "127.0.0.1:\(port)", "Upgrade": "websocket", "Connection": "Upgrade",
      "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13",
    ]
    all.merge(fields) { $1 }
    let lines = all.map { "\($0): \($1)\r\n" }.joined()
    return Array("GET /channels/\(id) HTTP/1.1\r\n\(lines)\r\n".utf8)
  }

  /// A frame of at most 125 bytes.
  ///
  /// - Parameter first: its first byte: flags and kind.
  func frame(_ first: UInt8, _ data: [UInt8], isMasked: Bool = true) -> [UInt8] {
    let key: [UInt8] = isMasked ? [1, 2, 3, 4] : []
    let length = UInt8(data.count) | (isMasked ? 0x80 : 0)
    let shown = isMasked ? data.enumerated().map { $1 ^ key[$0 % 4] } : data
    return [first, length] + key + shown
  }
}

extension SandboxClient {
  /// Makes a channel, for the client itself.
  func openChannel() async throws -> TestChannel {
    let answer = try await send(
      "POST", "/api/v2/notifications/channels", ["Authorization": "Bearer \(try await token())"])
    let address = try #require(try answer.json["connectUri"]?.string)
    let port = try #require(address.split(separator: "/")[1].split(separator: ":").last)
    return TestChannel(
      id: try #require(try answer.json["id"]?.string), port: try #require(Int(port)))
  }
}
