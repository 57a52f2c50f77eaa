import PatchbayKit

/// A receiver that ends its first connection early and reads the second to its end.
enum TestReceiver {
  /// Returns the run's report, and the messages of both connections.
  static func run(
    _ socket: LoopbackSocket, first: @escaping @Sendable (LoopbackSocket) throws -> [String],
    sending: @escaping @Sendable () async throws -> RunReport
  ) async throws -> (report: RunReport, first: [String], second: [String]) {
    async let report = sending()
    let (early, late) = try await blocking {
      let early = try first(try socket.accept())
      return (early, try FrameReader(try socket.accept()).rest())
    }
    return (try await report, early, late)
  }
}
