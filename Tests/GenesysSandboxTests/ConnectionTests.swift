import GenesysSandbox
import Logging
import PatchbayCore
import PatchbayJSON
import Testing

@Suite struct ConnectionTests {
  @Test func `the sandbox needs no declaration`() throws {
    #expect(SandboxConnection.type == "genesys-sandbox")
    #expect(SandboxConnection.implicitName == "sandbox")
    #expect(GenesysSandboxModule.connections.map { $0.type } == ["genesys-sandbox"])
    #expect(GenesysSandboxModule.stages.isEmpty)
  }

  @Test func `it serves from open to close`() async throws {
    var connection = SandboxConnection(try SandboxOptions([:]))
    #expect(connection.baseURL == "")
    try await connection.open(StageContext.testing())
    let (ready, continuation) = AsyncStream.makeStream(of: Void.self)
    try await withThrowingTaskGroup(of: Void.self) { [connection] group in
      group.addTask { try await connection.serve { continuation.yield() } }
      for await _ in ready { break }
      let client = try SandboxClient(baseURL: connection.baseURL)
      #expect(try await client.requestToken().status == 200)
      group.cancelAll()
      try await group.waitForAll()
    }
    #expect(connection.baseURL == "")
    await connection.close()
  }

  @Test func `it can't serve before it is open`() async throws {
    let connection = SandboxConnection(try SandboxOptions([:]))
    let error = await #expect(throws: PipelineError.self) { try await connection.serve {} }
    #expect(error?.description == "a sandbox can serve only after it was opened")
  }
}

extension StageContext {
  /// A context for a connection alone.
  fileprivate static func testing() -> StageContext {
    StageContext(
      name: "sandbox",
      run: RunIdentity(id: UUIDBits(high: 0, low: 0), seed: 42, startedAt: testStart),
      clock: makeClock(), symbols: SymbolTable(), directory: RunDirectory(path: "none"),
      console: NoConsole(), input: NoInput(),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      connections: NoConnections())
  }
}

private struct NoConsole: Console {
  func say(_ line: String) {}

  func write(_ bytes: [UInt8]) {}
}

private struct NoInput: ByteInput {
  func read(upTo count: Int) async throws -> [UInt8] { [] }
}

private struct NoConnections: ConnectionResolver {
  func connection(_ name: String) async throws -> any Connection {
    throw PipelineError("there is no connection")
  }

  func start(_ work: @escaping @Sendable () async -> Void) {}
}
