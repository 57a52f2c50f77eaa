import Foundation
import GenesysNotifications
import HTTPDelivery
import NIOCore
import NIOSSL
import NIOWebSocket
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Synchronization
import Testing

/// A socket against servers that do what servers do.
@Suite(.timeLimit(.minutes(1)))
struct ChannelSocketTests {
  /// What a socket brought, and how it ended.
  private struct Record: Sendable {
    var messages: [String] = []
    var ending: String?
  }

  /// Reads a socket to its end.
  ///
  /// - Parameters:
  ///   - wire: the clock of the wire.
  ///   - asks: how often it is asked for an answer at first.
  ///   - closeAfter: after how many messages it is closed from here.
  ///   - taken: is told of each message.
  ///   - release: until it ends, the first message isn't taken.
  ///   - beside: what happens meanwhile.
  private func read(
    from server: SocketServer, tls: NIOSSLContext? = nil, wire: any PipelineClock = RealClock(),
    asks: Int = 0, closeAfter: Int? = nil, taken: AsyncStream<String>.Continuation? = nil,
    until release: AsyncStream<Void>? = nil, _ beside: @escaping @Sendable () async -> Void = {}
  ) async throws -> Record {
    try await server.run { port in
      let scheme = server.tls == nil ? "ws" : "wss"
      let socket = ChannelSocket(
        url: try SocketURL("\(scheme)://127.0.0.1:\(port)/channels/x", isStandIn: true), tls: tls,
        clock: RealClock(), silence: .seconds(60), wire: wire)
      let messages = Mutex<[String]>([])
      let (closes, close) = AsyncStream.makeStream(of: Void.self)
      for _ in 0..<asks { close.yield() }
      async let side: Void = beside()
      let ending = try await socket.run(
        opened: { _ in },
        received: { arrival in
          let text = String(decoding: arrival.bytes, as: UTF8.self)
          let count = messages.withLock {
            $0.append(text)
            return $0.count
          }
          if count == closeAfter { close.finish() }
          taken?.yield(text)
          if count == 1, let release { for await _ in release {} }
        }, questions: closes)
      await side
      return Record(messages: messages.withLock { $0 }, ending: ending.map { "\($0)" })
    }
  }

  @Test func `messages come whole, whatever frames they come in, until it is closed`() async throws
  {
    let server = SocketServer(
      behaviour: .socket { inbound, outbound in
        try await outbound.write(.text("one"))
        try await outbound.write(.text("tw", isLast: false))
        try await outbound.write(
          WebSocketFrame(fin: true, opcode: .continuation, data: ByteBuffer(string: "o")))
        var data = ByteBuffer()
        data.write(webSocketErrorCode: .goingAway)
        try await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: data))
        for try await _ in inbound {}
      })
    let record = try await read(from: server)
    #expect(record.messages == ["one", "two"])
    #expect(record.ending == "the other side closed it with code 1001")
  }

  @Test func `pings are answered with what they carry, masked`() async throws {
    let server = SocketServer(
      behaviour: .socket { inbound, outbound in
        try await outbound.write(
          WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer(string: "abc")))
        for try await frame in inbound where frame.opcode == .pong {
          let isMasked = frame.maskKey != nil
          try await outbound.write(.text("\(String(buffer: frame.unmaskedData)) \(isMasked)"))
          break
        }
      })
    #expect(try await read(from: server).messages == ["abc true"])
  }

  @Test func `a connection that breaks off is told from one that is closed`() async throws {
    let record = try await read(
      from: SocketServer(behaviour: .socket { try await $1.write(.text("a")) }))
    #expect(record.messages == ["a"])
    #expect(record.ending == "the connection broke off")
  }

  @Test func `a silent socket is pinged, and given up when that brings nothing`() async throws {
    let clock = ManualClock()
    let (asked, asking) = AsyncStream.makeStream(of: String.self)
    let server = SocketServer(
      behaviour: .socket { inbound, _ in
        for try await frame in inbound where frame.opcode == .text {
          asking.yield(String(buffer: frame.unmaskedData))
        }
      })
    let record = try await read(from: server, wire: clock) {
      await clock.sleepers(1)
      clock.advance(by: .seconds(40))
      var asked = asked.makeAsyncIterator()
      #expect(await asked.next() == #"{"message":"ping"}"#)
      await clock.sleepers(1)
      clock.advance(by: .seconds(20))
    }
    #expect(record.ending == "nothing came any more, not even heartbeats")
  }

  @Test func `what answers pings isn't silent`() async throws {
    let clock = ManualClock()
    let server = SocketServer(
      behaviour: .socket { inbound, outbound in
        var pings = 0
        for try await frame in inbound where frame.opcode == .text {
          pings += 1
          if pings == 3 { return }
          try await outbound.write(.text("pong \(pings)"))
        }
      })
    let (taken, taking) = AsyncStream.makeStream(of: String.self)
    let record = try await read(from: server, wire: clock, taken: taking) {
      var taken = taken.makeAsyncIterator()
      await clock.sleepers(1)
      clock.advance(by: .seconds(20))
      for number in 1...2 {
        await clock.sleepers(1)
        clock.advance(by: .seconds(20))
        #expect(await taken.next() == "pong \(number)")
        // The end of the time that the ping gave it; the next comes as long after that.
        await clock.sleepers(1)
        clock.advance(by: .seconds(20))
      }
      await clock.sleepers(1)
      clock.advance(by: .seconds(20))
    }
    #expect(record.messages == ["pong 1", "pong 2"])
    #expect(record.ending == "the connection broke off")
  }

  @Test func `one whose messages wait to be taken isn't silent`() async throws {
    let clock = ManualClock()
    let (endings, end) = AsyncStream.makeStream(of: Void.self)
    let server = SocketServer(
      behaviour: .socket { _, outbound in
        try await outbound.write(.text("a"))
        try await outbound.write(.text("b"))
        // Whoever goes at once may be gone before anything was read.
        for await _ in endings {}
      })
    let (taken, taking) = AsyncStream.makeStream(of: String.self)
    let (releases, release) = AsyncStream.makeStream(of: Void.self)
    let record = try await read(from: server, wire: clock, taken: taking, until: releases) {
      var taken = taken.makeAsyncIterator()
      let first = await taken.next()
      end.finish()
      guard first == "a" else {
        Issue.record("expected a, found \(first ?? "nothing")")
        return release.finish()
      }
      for _ in 0..<5 {
        await clock.sleepers(1)
        clock.advance(by: .seconds(60))
      }
      await clock.sleepers(1)
      release.finish()
    }
    #expect(record.messages == ["a", "b"])
    #expect(record.ending == "the connection broke off")
  }

  @Test func `one that is to be closed is asked first, and read until that is answered`()
    async throws
  {
    let server = SocketServer(
      behaviour: .socket { inbound, outbound in
        try await outbound.write(.text("a"))
        for try await frame in inbound {
          if frame.opcode == .connectionClose { return }
          try await outbound.write(.text("b"))
          try await outbound.write(
            .text(#"{"topicName":"channel.metadata","eventBody":{"message":"pong"}}"#))
        }
      })
    let record = try await read(from: server, closeAfter: 1)
    #expect(record.messages.prefix(2) == ["a", "b"])
    #expect(record.ending == nil)
  }

  @Test func `an earlier answer isn't taken for the last one`() async throws {
    let pong = #"{"topicName":"channel.metadata","eventBody":{"message":"pong"}}"#
    let server = SocketServer(
      behaviour: .socket { inbound, outbound in
        try await outbound.write(.text("a"))
        var asked = 0
        for try await frame in inbound {
          if frame.opcode == .connectionClose { return }
          asked += 1
          // The first question is answered when the second has come.
          guard asked == 2 else { continue }
          try await outbound.write(.text(pong))
          try await outbound.write(.text("b"))
          try await outbound.write(.text(pong))
        }
      })
    let record = try await read(from: server, asks: 1, closeAfter: 1)
    #expect(record.messages == ["a", pong, "b", pong])
    #expect(record.ending == nil)
  }

  @Test func `one that is closed from here brings what is still under way`() async throws {
    let server = SocketServer(
      behaviour: .socket { inbound, outbound in
        try await outbound.write(.text("a"))
        for try await frame in inbound where frame.opcode == .connectionClose {
          try await outbound.write(.text("b"))
          try await outbound.write(
            WebSocketFrame(fin: true, opcode: .connectionClose, data: ByteBuffer()))
          return
        }
      })
    let record = try await read(from: server, closeAfter: 1)
    #expect(record.messages == ["a", "b"])
    #expect(record.ending == nil)
  }

  @Test func `who doesn't open a socket is said to`() async throws {
    await #expect(throws: SocketFailure.self) {
      try await read(from: SocketServer(behaviour: .refusal))
    }
  }

  @Test func `a certificate must be trusted, by ca_file if that is given`() async throws {
    let authority = try TestAuthority()
    let server = SocketServer(
      behaviour: .socket { try await $1.write(.text("secret")) },
      tls: try authority.serverContext())
    let trusting = try TLSOptions(["ca_file": .string(authority.certificateFile)])
    let record = try await read(from: server, tls: try trusting.socketContext())
    #expect(record.messages == ["secret"])
    await #expect(throws: SocketFailure.self) {
      try await read(from: server, tls: try TLSOptions([:]).socketContext())
    }
    let missing = try TLSOptions(["ca_file": "/no/such.pem"])
    #expect(throws: PipelineError.self) { try missing.socketContext() }
  }
}
