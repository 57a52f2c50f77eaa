import NIOCore
import NIOPosix
import PatchbayCore
package import PatchbayJSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A socket in a run's folder, by which its owner looks at it while it goes on.
///
/// A question is a line, and so is each part of its answer. Nobody but the owner reaches it: the folder has mode 0700 and
/// the socket 0600.
package enum RunSocket {
  /// Its name in a run's folder.
  package static let fileName = "watch.sock"
  /// The longest line that is answered, and that is asked.
  private static let longestLine = 16 << 20
  private static let longestQuestion = 1 << 16

  /// Answers a question line by line.
  package typealias Answer =
    @Sendable (
      _ question: WatchQuestion, _ send: ([UInt8]) async throws -> Void
    ) async throws -> Void

  private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  /// Where it lies for a folder; nil if the system takes no path as long as that (unix(7): 108 bytes with its end).
  package static func path(in folder: String) -> String? {
    let path = "\(folder)/\(fileName)"
    return path.utf8.count < 104 ? path : nil
  }

  // MARK: The run's side

  /// Answers questions until the task is cancelled.
  ///
  /// - Parameter answer: sends the lines that answer a question, until there are no more, or it is cancelled.
  /// - Throws: `PipelineError` if nobody can be listened to there.
  package static func serve(
    at path: String, answer: @escaping Answer
  ) async throws {
    // What a killed run has left, whose folder is ours now.
    unlink(path)
    defer { unlink(path) }
    do {
      let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .bind(unixDomainSocketPath: path) { channel in
          channel.eventLoop.makeCompletedFuture {
            try Connection(wrappingChannelSynchronously: channel)
          }
        }
      chmod(path, 0o600)
      try await server.executeThenClose { connections in
        try await withThrowingDiscardingTaskGroup { group in
          for try await connection in connections {
            group.addTask { try? await serve(connection, answer) }
          }
        }
      }
    } catch is CancellationError {
    } catch {
      if Task.isCancelled { return }
      throw PipelineError("can't listen on \(path): \(error)", code: .unusableFile)
    }
  }

  private static func serve(
    _ connection: Connection, _ answer: @escaping Answer
  ) async throws {
    try await connection.executeThenClose { inbound, outbound in
      let (questions, question) = AsyncStream.makeStream(of: [UInt8].self)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for await asked in questions {
            try await respond(to: asked, answer) { try await outbound.write(ByteBuffer(bytes: $0)) }
            return
          }
        }
        group.addTask { try await read(inbound, question) }
        // Until there is no more to say, or whoever asked has gone.
        try await group.next()
        group.cancelAll()
      }
    }
  }

  private static func respond(
    to asked: [UInt8], _ answer: @escaping Answer, _ send: ([UInt8]) async throws -> Void
  ) async throws {
    let question: WatchQuestion
    do {
      question = try WatchQuestion(JSONValue(parsing: asked, limits: JSONLimits(depth: 4)))
    } catch {
      let refusal: JSONValue = ["error": .string("\(error)")]
      return try await send(Array("\(refusal.text())\n".utf8))
    }
    try await answer(question, send)
  }

  /// Hands the first line on, and reads to the end.
  private static func read(
    _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
    _ question: AsyncStream<[UInt8]>.Continuation
  ) async throws {
    var splitter = LineSplitter(longest: longestQuestion)
    for try await part in inbound {
      for line in splitter.lines(in: Array(part.readableBytesView)) where line.number == 1 {
        question.yield(Array(line.bytes ?? []))
      }
    }
  }

  // MARK: The other side

  /// Asks a run.
  ///
  /// - Parameter take: takes each line of the answer; false to hear no more.
  /// - Throws: `PipelineError` if nobody answers there, or the question is refused.
  package static func ask(
    _ question: WatchQuestion, at path: String,
    take: @escaping @Sendable (JSONValue) async throws -> Bool
  ) async throws {
    let connection: Connection
    do {
      connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(unixDomainSocketPath: path) { channel in
          channel.eventLoop.makeCompletedFuture {
            try Connection(wrappingChannelSynchronously: channel)
          }
        }
    } catch {
      throw PipelineError("nobody answers at \(path): \(error)")
    }
    try await connection.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: question.json.text() + "\n"))
      var splitter = LineSplitter(longest: longestLine)
      for try await part in inbound {
        for line in splitter.lines(in: Array(part.readableBytesView)) {
          guard let bytes = line.bytes else { continue }
          let json = try JSONValue(
            parsing: Array(bytes), limits: JSONLimits(bytes: longestLine))
          if let reason = json["error"]?.string { throw PipelineError(OutsideText.shown(reason)) }
          if try await !take(json) { return }
        }
      }
    }
  }
}
