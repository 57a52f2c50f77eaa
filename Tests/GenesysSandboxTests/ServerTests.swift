import GenesysCloud
import GenesysSandbox
import Logging
import PatchbayCore
import PatchbayJSON
import Synchronization
import Testing

@Suite struct ServerTests {
  @Test func `two hundred requests at a time`() async throws {
    try await withSandbox(["faults": ["latency": ["exponential": ["mean": "2ms"]]]]) { client in
      let token = try await client.token()
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for index in 0..<200 {
          group.addTask { try await client.post([event("sim-\(index)")], token: token).status }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses == Array(repeating: 202, count: 200))
      let state = try await client.state()
      #expect(state["effects"] == 200)
      #expect(state["requests"]?["/api/v2/interactions/events"] == ["202": 200])
    }
  }

  @Test func `answers take their latency, looking at the state takes none`() async throws {
    try await withSandbox(["faults": ["latency": ["fixed": ["time": "50ms"]]]]) { client in
      let clock = ContinuousClock()
      let time = try await clock.measure { _ = try await client.token() }
      #expect(time >= .milliseconds(50))
    }
    try await withSandbox(["faults": ["latency": ["fixed": ["time": "10m"]]]]) { client in
      _ = try await client.state()
    }
  }

  @Test func `the date is that of each answer, also on one connection`() async throws {
    try await withSandbox { client in
      let advance: JSONValue = ["advance": "90s"]
      let bytes = try await exchange(
        SandboxClient.request("GET", GenesysSandbox.statePath, ["Connection": "keep-alive"])
          + SandboxClient.request(
            "POST", "/sandbox/clock",
            ["Connection": "keep-alive", "Content-Type": "application/json"],
            body: Array(advance.text().utf8))
          + SandboxClient.request("GET", GenesysSandbox.statePath), port: client.port)
      let dates = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        .filter { $0.hasPrefix("Date: ") }
      #expect(
        [dates.first, dates.last]
          == ["Date: Sat, 31 Jan 2026 09:30:00 GMT", "Date: Sat, 31 Jan 2026 09:31:30 GMT"])
      #expect(dates.count == 3)
    }
  }

  @Test func `latency can be changed while it serves, and a reset brings the option's back`()
    async throws
  {
    try await withSandbox { client in
      let latency: JSONValue = ["log_normal": ["median": "60ms", "p99": "60ms"]]
      let faults: JSONValue = ["latency": latency]
      let set = try await client.send(
        "PUT", "/sandbox/faults", ["Content-Type": "application/json"],
        body: Array(faults.text().utf8))
      #expect(try set.json["latency"] == latency)
      let clock = ContinuousClock()
      let time = try await clock.measure { _ = try await client.token() }
      #expect(time >= .milliseconds(60))
      _ = try await client.send("POST", "/sandbox/reset")
      #expect(try await client.send("GET", "/sandbox/faults").json["latency"] == "none")
    }
  }

  @Test func `a token tells its permissions, as a role if asked for it whole`() async throws {
    try await withSandbox(["permissions": ["routing:routingstatus:inject"]]) { client in
      let fields = ["Authorization": "Bearer \(try await client.token())"]
      let path = PlatformGrants.path
      let brief = try await client.send("GET", path, fields).json
      #expect(brief["grants"]?.array?.first?["role"]?["policies"] == nil)
      let whole = try await client.send("GET", "\(path)?includeFullRoles=true", fields).json
      let grants = try #require(PlatformGrants(parsing: whole))
      #expect(grants.permit("routing:routingstatus:inject"))
      #expect(!grants.permit("presence:userPresence:inject"))
      #expect(try await client.send("GET", "\(path)?includeFullRoles=2", fields).status == 400)
    }
  }

  @Test func `a server that stops closes the connections of requests under way`() async throws {
    let sandbox = try makeSandbox(["faults": ["latency": ["fixed": ["time": "10m"]]]])
    let (clients, continuation) = AsyncStream.makeStream(of: SandboxClient.self)
    async let answer: [UInt8]? = {
      for await client in clients {
        let request = SandboxClient.eventRequest([event("a")], token: "any")
        return try await exchange(request, port: client.port)
      }
      return nil
    }()
    let client = try await serving(sandbox) { client in
      continuation.yield(client)
      // Once the request is counted, its answer waits for ten minutes.
      try await client.waitForRequest()
      return client
    }
    #expect(try await answer == [])
    await #expect(throws: (any Error).self) { try await client.state() }
  }

  @Test func `a server that stops closes idle connections`() async throws {
    let (clients, continuation) = AsyncStream.makeStream(of: SandboxClient.self)
    async let answer: [UInt8]? = {
      for await client in clients {
        let request = SandboxClient.eventRequest(
          [event("a")], token: "any", ["Connection": "keep-alive"])
        return try await exchange(request, port: client.port)
      }
      return nil
    }()
    try await serving(try makeSandbox()) { client in
      continuation.yield(client)
      try await client.waitForRequest()
    }
    _ = try await answer
  }

  @Test func `a sandbox that serves again remembers`() async throws {
    let sandbox = try makeSandbox()
    #expect(sandbox.baseURL == nil)
    let token = try await serving(sandbox) { client in
      #expect(sandbox.baseURL == "http://127.0.0.1:\(client.port)")
      return try await client.token()
    }
    #expect(sandbox.baseURL == nil)
    try await serving(sandbox) { client in
      let answer = try await client.post([event("a")], token: token)
      #expect(answer.status == 202)
    }
  }

  @Test func `a sandbox serves once at a time`() async throws {
    let sandbox = try makeSandbox()
    try await serving(sandbox) { _ in
      let error = await #expect(throws: PipelineError.self) { try await sandbox.serve { _ in } }
      #expect(error?.description == "the sandbox is serving already")
    }
  }

  @Test func `a port that is taken is reported`() async throws {
    try await withSandbox { client in
      let other = try makeSandbox(["port": .integer(client.port)])
      let error = await #expect(throws: PipelineError.self) { try await other.serve { _ in } }
      #expect(
        error?.description
          == "the sandbox can't serve on 127.0.0.1:\(client.port); "
          + "set port to 0 to take any that is free")
      #expect(error?.cause != nil)
    }
  }

  @Test func `the server says nothing about itself`() async throws {
    let lines = LineCollector()
    var logger = Logger(label: "test") { _ in CollectingHandler(lines: lines) }
    logger.logLevel = .trace
    try await serving(try makeSandbox(logger: logger)) { client in
      _ = try await exchange(Array("nonsense\r\n\r\n".utf8), port: client.port)
      _ = try await client.token()
    }
    #expect(lines.all == [])
  }
}

/// Keeps what is logged.
private final class LineCollector: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  func add(_ line: String) {
    lines.withLock { $0.append(line) }
  }
}

private struct CollectingHandler: LogHandler {
  let lines: LineCollector
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .trace

  init(lines: LineCollector) {
    self.lines = lines
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    lines.add("\(event.level) \(event.message)")
  }
}

extension SandboxClient {
  /// Returns once the platform has read a request.
  fileprivate func waitForRequest() async throws {
    while try await state()["requests"] == [:] { await Task.yield() }
  }
}
