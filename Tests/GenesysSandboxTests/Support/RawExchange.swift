import NIOCore
import NIOPosix

/// Sends bytes over a connection of their own and reads until the other side closes it.
///
/// No HTTP library in between: what isn't HTTP can be sent too, and every byte of an answer is seen.
func exchange(_ bytes: [UInt8], port: Int) async throws -> [UInt8] {
  let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    .connect(host: "127.0.0.1", port: port) { channel in
      channel.eventLoop.makeCompletedFuture {
        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
      }
    }
  return try await connection.executeThenClose { inbound, outbound in
    try await outbound.write(ByteBuffer(bytes: bytes))
    var answer: [UInt8] = []
    for try await part in inbound { answer += part.readableBytesView }
    return answer
  }
}

/// Sends bytes and closes the connection at once.
func abandon(_ bytes: [UInt8], port: Int) async throws {
  let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    .connect(host: "127.0.0.1", port: port).get()
  try await connection.writeAndFlush(ByteBuffer(bytes: bytes))
  try await connection.close()
}
