import Testing

/// What RFC 6455 demands of the frames of a client.
@Suite(.timeLimit(.minutes(1))) struct SocketProtocolTests {
  private func end(_ frames: @Sendable (TestChannel) -> [UInt8]) async throws -> [UInt8] {
    try await withSandbox { client in
      let channel = try await client.openChannel()
      let bytes = try await exchange(channel.upgrade() + frames(channel), port: channel.port)
      return Array(bytes.suffix(4))
    }
  }

  @Test(
    arguments: [
      [0xC1], [0xA1], [0x91],  // reserved bits
      [0x80],  // a continuation of nothing
      [0x01, 0x01], [0x01, 0x81],  // text within a text
      [0x83], [0x8B],  // kinds that there aren't
    ] as [[UInt8]])
  func `what breaks the protocol ends the socket with 1002`(firstBytes: [UInt8]) async throws {
    let end = try await end { channel in
      firstBytes.flatMap { channel.frame($0, Array("{}".utf8)) }
    }
    #expect(end == [0x88, 2, 0x03, 0xEA])
  }

  @Test func `frames that aren't masked end it, too`() async throws {
    #expect(
      try await end { $0.frame(0x81, Array("{}".utf8), isMasked: false) } == [0x88, 2, 0x03, 0xEA])
  }

  @Test func `a message in fragments is one, with pings between them`() async throws {
    let ping = #"{"message":"ping"}"#
    let answer = try await withSandbox { client in
      let channel = try await client.openChannel()
      let bytes = try await exchange(
        channel.upgrade() + channel.frame(0x01, Array(ping.utf8.prefix(5)))
          + channel.frame(0x89, Array("abc".utf8))
          + channel.frame(0x80, Array(ping.utf8.dropFirst(5)))
          + channel.frame(0x88, [0x03, 0xE8]), port: channel.port)
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(answer.contains("abc"))
    #expect(answer.contains(#""pong""#))
  }

  @Test func `data that isn't text ends it with 1003`() async throws {
    #expect(try await end { $0.frame(0x82, [1]) } == [0x88, 2, 0x03, 0xEB])
  }
}
