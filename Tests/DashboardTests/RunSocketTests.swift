import Dashboard
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Synchronization
import Testing

/// A run's socket: its owner's alone, and gone with the run.
@Suite(.timeLimit(.minutes(1)))
struct RunSocketTests {
  private func serving<Value: Sendable>(
    _ answer: @escaping RunSocket.Answer,
    _ body: @escaping @Sendable (_ path: String) async throws -> Value
  ) async throws -> Value {
    let path = try #require(RunSocket.path(in: try TemporaryFolder.make()))
    // As a killed run has left it.
    _ = FileManager.default.createFile(atPath: path, contents: Data())
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask {
        try await RunSocket.serve(at: path, answer: answer)
        return nil
      }
      group.addTask {
        while (try? FileManager.default.attributesOfItem(atPath: path)[.type]) as? FileAttributeType
          != .typeSocket
        {
          try await RealClock().sleep(for: .milliseconds(5))
        }
        return try await body(path)
      }
      let value = try await group.next() ?? nil
      group.cancelAll()
      try await group.waitForAll()
      #expect(!FileManager.default.fileExists(atPath: path))
      return try #require(value)
    }
  }

  @Test func `a question is answered line by line, until nobody wants to hear more`() async throws {
    let asked = Mutex<[WatchQuestion]>([])
    let heard = try await serving { question, send in
      asked.withLock { $0.append(question) }
      for number in 1...3 { try await send(Array("{\"n\":\(number)}\n".utf8)) }
    } _: { path in
      let mode =
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
      #expect(mode?.intValue == 0o600)
      let heard = Mutex<[Int]>([])
      try await RunSocket.ask(.top, at: path) { json in
        heard.withLock { $0.append(json["n"]?.integer ?? 0) }
        return true
      }
      try await RunSocket.ask(.tap(.init(stage: "s")), at: path) { json in
        heard.withLock { $0.append(10 * (json["n"]?.integer ?? 0)) }
        return false
      }
      return heard.withLock { $0 }
    }
    #expect(heard == [1, 2, 3, 10])
    #expect(asked.withLock { $0 } == [.top, .tap(.init(stage: "s"))])
  }

  @Test func `a refusal is the error of who asked, and a run that is gone is said to be`()
    async throws
  {
    let path = try await serving { _, send in
      try await send(Array("{\"error\":\"no such stage\"}\n".utf8))
    } _: { path in
      await #expect {
        try await RunSocket.ask(.top, at: path) { _ in true }
      } throws: {
        "\($0)" == "no such stage"
      }
      return path
    }
    await #expect(throws: PipelineError.self) {
      try await RunSocket.ask(.top, at: path) { _ in true }
    }
  }

  @Test func `a path that is too long for a socket has none`() {
    #expect(RunSocket.path(in: String(repeating: "x", count: 200)) == nil)
    #expect(RunSocket.path(in: "runs/x") == "runs/x/watch.sock")
  }
}
