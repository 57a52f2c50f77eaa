import Logging
import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// Each connection is opened once, whoever asks and when, and closed in reverse order.
struct ConnectionPoolTests {
  /// Asks for others, takes a second, and gets ready when it serves.
  private struct LineConnection: Connection {
    static let type = "line"
    static let doc = "A line, for a test."

    let name: String
    var needs: [String] = []
    var fails = false
    var isReady = true
    let note: @Sendable (String) -> Void
    private var clock: (any PipelineClock)?

    init(_ options: NoOptions) { self.init("line", { _ in }) }

    init(
      _ name: String, needs: [String] = [], fails: Bool = false, isReady: Bool = true,
      _ note: @escaping @Sendable (String) -> Void
    ) {
      self.name = name
      self.needs = needs
      self.fails = fails
      self.isReady = isReady
      self.note = note
    }

    mutating func open(_ context: StageContext) async throws {
      note("open \(name)")
      await Task.yield()
      for other in needs { _ = try await context.connection(other, as: LineConnection.self) }
      try await context.clock.sleep(for: .seconds(1))
      if fails { throw PipelineError("no answer") }
    }

    func serve(whenReady: @escaping @Sendable () -> Void) async throws {
      if isReady { return whenReady() }
      let (never, continuation) = AsyncStream.makeStream(of: Void.self)
      for await _ in never {}
      continuation.finish()
    }

    func close() async { note("close \(name)") }
  }

  private let steps = Steps()
  private let background = BackgroundWork()
  private let failures = FailureLog()

  /// A pool of connections, whose background work runs on a task of the steps.
  private func pool(_ connections: LineConnection...) -> ConnectionPool {
    let clock = steps.clock
    let identity = RunIdentity(
      id: UUIDBits(high: 0, low: 1), seed: 1, startedAt: Timestamp(nanoseconds: 0))
    let pool = ConnectionPool(
      planned: Dictionary(uniqueKeysWithValues: connections.map { ($0.name, $0) }), clock: clock,
      failures: failures, background: background
    ) { name, resolver in
      StageContext(
        name: name, run: identity, clock: clock, symbols: SymbolTable(),
        directory: RunDirectory(path: "/runs/1"), console: CapturedConsole(),
        input: ScriptedInput(),
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
        connections: resolver)
    }
    steps.clock.hold()
    steps.start("background") { [background] steps in
      // It isn't part of the run's time.
      steps.clock.release()
      await background.run()
    }
    steps.clock.release()
    return pool
  }

  private func line(
    _ name: String, needs: [String] = [], fails: Bool = false, isReady: Bool = true
  ) -> LineConnection {
    LineConnection(name, needs: needs, fails: fails, isReady: isReady) { [steps] in steps.note($0) }
  }

  /// Starts a stage that asks for a connection, and notes what it gets.
  @discardableResult
  private func startStage(
    _ name: String, asking connection: String, of pool: ConnectionPool
  ) -> Task<Void, Never> {
    steps.start(name) { _ in
      let context = pool.context(for: name)
      let found = try await context.connection(connection, as: LineConnection.self)
      #expect(found.name == connection)
    }
  }

  @Test func `two stages that ask at once for one connection both get it, opened once`() async {
    let pool = pool(line("a"))
    startStage("one", asking: "a", of: pool)
    startStage("two", asking: "a", of: pool)
    steps.drain()
    #expect(steps.log.first == "open a 0")
    #expect(Set(steps.log.dropFirst()) == ["one 1", "two 1"])
    startStage("three", asking: "a", of: pool)
    steps.drain()
    #expect(steps.log.last == "three 1")
    await pool.close()
    #expect(steps.log.last == "close a 1")
    #expect(steps.log.filter { $0.hasPrefix("open") || $0.hasPrefix("close") }.count == 2)
  }

  @Test func `a connection opens those it needs, which are closed after it`() async {
    let pool = pool(line("a", needs: ["b", "c"]), line("b", needs: ["c"]), line("c"))
    startStage("stage", asking: "a", of: pool)
    steps.drain()
    #expect(steps.log == ["open a 0", "open b 0", "open c 0", "stage 3"])
    await pool.close()
    #expect(steps.log.suffix(3) == ["close a 3", "close b 3", "close c 3"])
  }

  @Test func `a circle is found, also through others`() {
    let pool = pool(line("a", needs: ["b"]), line("b", needs: ["a"]), line("self", needs: ["self"]))
    startStage("one", asking: "a", of: pool)
    startStage("two", asking: "self", of: pool)
    steps.drain()
    #expect(
      steps.log.filter { $0.contains(": ") }.sorted() == [
        "one: connections.b: connection \"a\" needs itself to open 0",
        "two: connections.self: connection \"self\" needs itself to open 0",
      ])
  }

  @Test func `a circle that two stages begin at both ends is found as well`() {
    let pool = pool(line("a", needs: ["b"]), line("b", needs: ["a"]))
    startStage("one", asking: "a", of: pool)
    startStage("two", asking: "b", of: pool)
    steps.drain()
    #expect(steps.log.filter { $0.contains("needs itself to open") }.count == 2)
    #expect(steps.log.count == 4)
  }

  @Test func `who shares what another one opens is no circle`() {
    let pool = pool(line("a", needs: ["c"]), line("b", needs: ["c"]), line("c"))
    startStage("one", asking: "a", of: pool)
    startStage("two", asking: "b", of: pool)
    steps.drain()
    #expect(
      steps.log.sorted() == ["one 2", "open a 0", "open b 0", "open c 0", "two 2"])
  }

  @Test func `whoever asks for one that can't be opened is told, and it isn't tried again`() {
    let pool = pool(line("a", fails: true))
    startStage("one", asking: "a", of: pool)
    startStage("two", asking: "a", of: pool)
    steps.drain()
    startStage("three", asking: "a", of: pool)
    steps.drain()
    #expect(steps.log.first == "open a 0")
    #expect(
      Set(steps.log.dropFirst()) == [
        "one: connections.a: no answer 1", "two: connections.a: no answer 1",
        "three: connections.a: no answer 1",
      ])
  }

  @Test func `a connection that isn't there is named`() {
    startStage("one", asking: "nobody", of: pool())
    steps.drain()
    #expect(
      steps.log == [
        "one: there is no connection \"nobody\"; declare it under \"connections\" 0"
      ])
  }

  @Test func `a cancelled wait for readiness throws, and the connection is closed`() async {
    let pool = pool(line("a", isReady: false))
    let stage = startStage("one", asking: "a", of: pool)
    steps.drain()
    #expect(steps.log == ["open a 0"])
    stage.cancel()
    steps.drain()
    #expect(
      steps.log == ["open a 0", "close a 1", "one: connections.a: CancellationError() 1"])
    await pool.close()
    #expect(steps.log.count == 3)
  }

  @Test func `who is cancelled while another one opens doesn't harm it`() {
    let pool = pool(line("a"))
    startStage("one", asking: "a", of: pool)
    startStage("two", asking: "a", of: pool).cancel()
    steps.drain()
    #expect(Set(steps.log) == ["open a 0", "two: CancellationError() 0", "one 1"])
  }
}
