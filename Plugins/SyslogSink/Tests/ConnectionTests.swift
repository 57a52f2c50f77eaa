import Glibc
import PatchbayKit
import Testing

/// Receivers that aren't there, go away, or take nothing.
@Suite(.timeLimit(.minutes(2))) struct ConnectionTests {
  @Test(arguments: ["tcp", "tls"])
  func `nothing listens at the port`(_ transport: String) async throws {
    try await TemporaryFolder.run { folder in
      let socket = try LoopbackSocket(SOCK_STREAM)
      let report = try await TestPipeline.run(
        ["transport": .string(transport), "port": .integer(socket.port)], in: folder, [.numbered(1)]
      )
      #expect(
        report.failures == [
          """
          sinks.syslog: \(transport)://127.0.0.1:\(socket.port): Connection refused; is the \
          receiver running, and are "host" and "port" right?
          """
        ])
    }
  }

  @Test func `nothing listens for datagrams`() async throws {
    try await TemporaryFolder.run { folder in
      let port = try LoopbackSocket.freePort(SOCK_DGRAM)
      let report = try await TestPipeline.run(
        ["transport": "udp", "port": .integer(port)], in: folder, [.numbered(1), .numbered(2)])
      #expect(
        report.failures == [
          """
          sinks.syslog: could not write events: udp://127.0.0.1:\(port): Connection refused; is \
          the receiver running, and are "host" and "port" right?
          """
        ])
      #expect(report.syslog?.undelivered == 2)
    }
  }

  @Test(arguments: [
    ("tcp", "Could not resolve host: no-such-host.invalid"),
    ("udp", "Name or service not known"),
  ])
  func `the host is not known`(_ transport: String, reason: String) async throws {
    try await TemporaryFolder.run { folder in
      let report = try await TestPipeline.run(
        ["transport": .string(transport), "host": "no-such-host.invalid", "port": 514], in: folder,
        [.numbered(1)])
      #expect(
        report.failures == [
          """
          sinks.syslog: \(transport)://no-such-host.invalid:514: the host is not known \
          (\(reason)); check "host"
          """
        ])
    }
  }

  @Test func `a handshake that isn't answered`() async throws {
    try await TemporaryFolder.run { folder in
      let socket = try LoopbackSocket(SOCK_STREAM)
      try socket.listen()
      let report = try await TestPipeline.run(
        ["transport": "tls", "port": .integer(socket.port), "timeout": "200ms"], in: folder,
        [.numbered(1)])
      #expect(
        report.failures == [
          """
          sinks.syslog: tls://127.0.0.1:\(socket.port): no connection within 200ms; check "host" \
          and "port", or raise "timeout"
          """
        ])
    }
  }

  @Test(arguments: [false, true])
  func `a connection that ends between writes is made anew before the next`(
    byReset: Bool
  ) async throws {
    try await TemporaryFolder.run { folder in
      let socket = try LoopbackSocket(SOCK_STREAM)
      try socket.listen()
      let report = try await TestPipeline.run(
        ["transport": "tcp", "port": .integer(socket.port)], in: folder, judging: false
      ) { outlet in
        try await outlet.emit(.numbered(1))
        try await outlet.flush()
        try await blocking {
          let connection = try socket.accept()
          let message = try FrameReader(connection).next()
          #expect(message?.contains("sequence_id=\"event-1\"") == true)
          if byReset { connection.resetOnClose() }
        }
        try await outlet.emit(.numbered(2))
        try await outlet.flush()
        try await blocking {
          let message = try FrameReader(try socket.accept()).next()
          #expect(message?.contains("sequence_id=\"event-2\"") == true)
        }
      }
      #expect(report.failures == [])
      #expect(report.events.delivered == 2)
      #expect(report.syslog?.findings["reconnections"] == 1)
    }
  }

  @Test func `only what was not handed over is sent again`() async throws {
    try await TemporaryFolder.run { folder in
      let socket = try LoopbackSocket(SOCK_STREAM, receiveBuffer: 4_096)
      try socket.listen()
      let (report, first, second) = try await TestReceiver.run(socket) { connection in
        let reader = FrameReader(connection)
        let messages = try (1...5).compactMap { _ in try reader.next() }
        connection.resetOnClose()
        return messages
      } sending: {
        try await TestPipeline.run(
          ["transport": "tcp", "port": .integer(socket.port)], in: folder, judging: false
        ) { outlet in
          var batch = outlet.makeBatch()
          // More than the buffers of both sides hold.
          for number in 1...4_000 {
            batch.append(
              .numbered(number, state: String(repeating: "x", count: 3_000)),
              intended: Timestamp(nanoseconds: 0))
          }
          try await outlet.emit(batch)
        }
      }
      #expect(report.failures == [])
      #expect(report.syslog?.written == 4_000)
      #expect(numbers(first) == [1, 2, 3, 4, 5])
      let again = numbers(second)
      let start = try #require(again.first)
      #expect(start > 5)
      #expect(again == Array(start...4_000))
    }
  }

  @Test func `a receiver that takes nothing`() async throws {
    try await TemporaryFolder.run { folder in
      let socket = try LoopbackSocket(SOCK_STREAM, receiveBuffer: 4_096)
      try socket.listen()
      let report = try await TestPipeline.run(
        [
          "transport": ["tcp": ["max_message": "16MiB"]], "port": .integer(socket.port),
          "timeout": "200ms",
        ], in: folder, judging: false,
        [.numbered(1, state: String(repeating: "x", count: 7_000_000))]
      )
      #expect(
        report.failures == [
          """
          sinks.syslog: could not write events: tcp://127.0.0.1:\(socket.port): the receiver took \
          nothing for 200ms; is it overloaded? Else raise "timeout"
          """
        ])
    }
  }

  @Test func `a receiver that never reads to the end`() async throws {
    try await TemporaryFolder.run { folder in
      let socket = try LoopbackSocket(SOCK_STREAM)
      try socket.listen()
      let report = try await TestPipeline.run(
        ["transport": "tcp", "port": .integer(socket.port), "timeout": "200ms"], in: folder,
        [.numbered(1)])
      #expect(
        report.failures == [
          """
          sinks.syslog: tcp://127.0.0.1:\(socket.port): the receiver did not end the connection \
          within 200ms; what was written last may be lost
          """
        ])
    }
  }

  @Test func `a cancelled run doesn't wait for the receiver`() async throws {
    try await TemporaryFolder.run { folder in
      let socket = try LoopbackSocket(SOCK_STREAM)
      try socket.listen()
      let clock = ContinuousClock()
      let start = clock.now
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          _ = try? await TestPipeline.run(
            ["transport": "tls", "port": .integer(socket.port), "timeout": "60s"], in: folder,
            [.numbered(1)])
        }
        _ = try? await blocking { try socket.accept() }
        group.cancelAll()
      }
      #expect(clock.now - start < .seconds(20))
    }
  }

  private func numbers(_ messages: [String]) -> [Int] {
    messages.compactMap { message in
      message.firstRange(of: "sequence_id=\"event-").flatMap { range in
        Int(message[range.upperBound...].prefix { $0.isNumber })
      }
    }
  }
}
