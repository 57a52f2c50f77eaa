import GenesysSandbox
import NIOCore
import NIOPosix
import PatchbayJSON
import Synchronization
import Testing

/// Clients that ask and don't read.
@Suite(.timeLimit(.minutes(2))) struct UnreadAnswerTests {
  /// Sends bytes, reads nothing until the body is done, and then everything.
  private func unread<Value: Sendable>(
    _ bytes: [UInt8], port: Int, _ body: @Sendable () async throws -> Value
  ) async throws -> (Value, answers: Int) {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: false)
      .connect(host: "127.0.0.1", port: port).get()
    let counter = AnswerCounter()
    try await channel.pipeline.addHandler(counter).get()
    // More than the connection holds: the rest is sent when somebody reads.
    let sent = channel.eventLoop.makePromise(of: Void.self)
    channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: sent)
    let value = try await body()
    try await channel.setOption(.autoRead, value: true).get()
    channel.read()
    try await sent.futureResult.get()
    try await channel.closeFuture.get()
    return (value, counter.count)
  }

  @Test func `their requests wait, others' don't, and none is lost`() async throws {
    let count = 2_000
    try await withSandbox(["agents": 1_000]) { client in
      let fields = ["Authorization": "Bearer \(try await client.token())"]
      // About 20 KiB each.
      let target = "/api/v2/users?pageSize=100"
      let one = SandboxClient.request(
        "GET", target, fields.merging(["Connection": "keep-alive"]) { $1 })
      let last = SandboxClient.request("GET", target, fields)
      let bytes = Array(repeatElement(one, count: count - 1).joined()) + last
      let (requests, answers) = try await unread(bytes, port: client.port) {
        // Until nothing moves: what was answered then is what the connection holds.
        var (before, now) = (-1, 0)
        while now != before {
          before = now
          for _ in 0..<20 { now = try await client.count(of: "/api/v2/users") }
        }
        return now
      }
      #expect(requests < count / 2, "\(requests) were answered to somebody who reads nothing")
      #expect(answers == count)
    }
  }
}

extension SandboxClient {
  /// How many requests there were for a path.
  fileprivate func count(of path: String) async throws -> Int {
    try await state()["requests"]?[path]?.object?.compactMap(\.value.integer).reduce(0, +) ?? 0
  }
}

/// Counts the answers in what comes.
private final class AnswerCounter: ChannelInboundHandler, Sendable {
  typealias InboundIn = ByteBuffer

  private static let start = Array("HTTP/1.1 200 ".utf8)

  private let state = Mutex((count: 0, matched: 0))

  var count: Int { state.withLock { $0.count } }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    state.withLock { state in
      for byte in unwrapInboundIn(data).readableBytesView {
        state.matched =
          byte == Self.start[state.matched] ? state.matched + 1 : byte == Self.start[0] ? 1 : 0
        if state.matched == Self.start.count { (state.count, state.matched) = (state.count + 1, 0) }
      }
    }
  }
}
