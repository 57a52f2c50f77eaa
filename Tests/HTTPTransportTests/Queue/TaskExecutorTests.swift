import HTTPTransport
import PatchbayTesting
import Synchronization
import Testing

/// Tasks on a client's own threads send and go on there, and outlive the client.
@Suite(.timeLimit(.minutes(1)))
struct TaskExecutorTests {
  private static let script = ScriptedEndpoint.answering { connection, _ in connection.answer() }

  @Test(arguments: [1, 2, 3])
  func `the requests of all tasks are answered`(threads: Int)
    async throws
  {
    try await ScriptedEndpoint.run(Self.script) { server in
      let configuration = HTTPClientConfiguration(maximumConnectionsPerHost: 6, threads: threads)
      try await withClient(configuration) { client in
        #expect(client.taskExecutors.count == threads)
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
          for task in 0..<6 {
            group.addTask(executorPreference: client.taskExecutors[task % threads]) {
              var answers = 0
              for _ in 0..<20 {
                let response = try await client.send(HTTPRequest(url: server.url))
                if response.status == 200 { answers += 1 }
                await Task.yield()
              }
              return answers
            }
          }
          return try await group.reduce(0, +)
        }
        #expect(answers == 120)
      }
      #expect(server.requests.count == 120)
    }
  }

  @Test func `there are no more threads than connections`() {
    let client = HTTPClient(HTTPClientConfiguration(maximumConnectionsPerHost: 2, threads: 5))
    #expect(client.taskExecutors.count == 2)
  }

  @Test func `a task that prefers a client that has ended goes on elsewhere`() async throws {
    let client = HTTPClient()
    await client.shutdown()
    let executor = try #require(client.taskExecutors.first)
    let sum = await withTaskExecutorPreference(executor) {
      var sum = 0
      for number in 1...10 {
        await Task.yield()
        sum += number
      }
      return sum
    }
    #expect(sum == 55)
  }

  @Test func `a task that shuts its own client down goes on`() async throws {
    try await ScriptedEndpoint.run(Self.script) { server in
      let client = HTTPClient()
      let executor = try #require(client.taskExecutors.first)
      let kind = try await withTaskExecutorPreference(executor) {
        _ = try await client.send(HTTPRequest(url: server.url))
        await client.shutdown()
        return try await failure(of: client, HTTPRequest(url: server.url)).kind
      }
      #expect(kind == .closed)
    }
  }

  @Test func `steps without end don't keep requests from being answered`() async throws {
    try await ScriptedEndpoint.run(Self.script) { server in
      try await withClient { client in
        let executor = try #require(client.taskExecutors.first)
        await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask(executorPreference: executor) {
            while !Task.isCancelled { await Task.yield() }
          }
          group.addTask(executorPreference: executor) {
            for _ in 0..<5 { _ = try await client.send(HTTPRequest(url: server.url)) }
            throw CancellationError()
          }
          // The one that goes on for ever is cancelled when the other one ends.
          await #expect(throws: CancellationError.self) { _ = try await group.next() }
          group.cancelAll()
        }
        #expect(server.requests.count == 5)
      }
    }
  }
}
