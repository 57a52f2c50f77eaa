import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// A run that is still opening can be stopped, by whatever stops one that has begun.
struct OpeningTests {
  /// Can't be opened before the end of time.
  private struct HangingConnection: Connection {
    static let type = "hanging"
    static let doc = "Never opens."
    static let implicitName: String? = "hanging"

    init(_ options: NoOptions) {}

    mutating func open(_ context: StageContext) async throws {
      try await context.clock.sleep(until: Timestamp(nanoseconds: .max))
    }
  }

  private enum HangingModule: PluginModule {
    static let connections: [any Connection.Type] = [HangingConnection.self]
  }

  /// Waits at opening, for a connection or by itself, and notes whether it was closed.
  private struct WaitingSource: Source {
    enum Reason { case itself, connection, nothing }

    static let type = "waiting"
    static let doc = "Waits at opening."
    private let reason: Reason
    private let closed: @Sendable () -> Void

    init(_ options: NoOptions) { self.init(.nothing) }
    init(_ reason: Reason, closed: @escaping @Sendable () -> Void = {}) {
      self.reason = reason
      self.closed = closed
    }

    mutating func open(_ context: StageContext) async throws {
      switch reason {
      case .itself: try await context.clock.sleep(until: Timestamp(nanoseconds: .max))
      case .connection:
        _ = try await context.connection("hanging", as: HangingConnection.self)
      case .nothing: break
      }
    }

    mutating func run(emitting outlet: SourceOutlet) async throws {
      try await outlet.emit(.sample(0))
    }

    mutating func close() async { closed() }
  }

  private let clock = ManualClock()
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  private func pipeline(_ reason: WaitingSource.Reason) -> TestPipeline {
    var pipeline = TestPipeline(directory: folder, options: ["deadline": "10s"])
    pipeline.add("source", WaitingSource(reason))
    pipeline.add("sink", RecordingSink(), inputs: ["source"])
    return pipeline
  }

  private func start(_ pipeline: TestPipeline) throws -> SteppedRun {
    var registry = StageRegistry()
    try registry.load(HangingModule.self)
    return SteppedRun(try pipeline.makeRun(registry: registry) { $0.clock = clock })
  }

  @Test(arguments: [WaitingSource.Reason.itself, .connection])
  private func `a signal ends it`(reason: WaitingSource.Reason) throws {
    let pipeline = pipeline(reason)
    let stepped = try start(pipeline)
    #expect(stepped.report == nil)
    pipeline.control.interrupt()
    stepped.drain()
    let report = try #require(stepped.report)
    #expect(report.run.ending == .interrupted)
    #expect(report.events.emitted == 0)
    #expect(report.failures == [])
    #expect(report.exitCode == .interrupted)
  }

  @Test(arguments: [WaitingSource.Reason.itself, .connection])
  private func `the program ends it, and that is no failure`(
    reason: WaitingSource.Reason
  ) throws {
    let pipeline = pipeline(reason)
    let stepped = try start(pipeline)
    stepped.run.stop()
    stepped.drain()
    let report = try #require(stepped.report)
    #expect(report.run.ending == .stopped)
    #expect(report.failures == [])
    #expect(report.exitCode == .success)
  }

  @Test(arguments: [
    (WaitingSource.Reason.itself, "sources.source: wasn't open when the deadline passed"),
    (.connection, "connections.hanging: wasn't open when the deadline passed"),
  ])
  private func `its deadline ends it, and says what wasn't open`(
    reason: WaitingSource.Reason, failure: String
  ) throws {
    let stepped = try start(pipeline(reason))
    clock.advance(by: .seconds(9))
    stepped.drain()
    #expect(stepped.report == nil)
    clock.advance(by: .seconds(1))
    stepped.drain()
    let report = try #require(stepped.report)
    #expect(report.run.ending == .deadline)
    #expect(report.failures == [failure])
    #expect(report.exitCode == .failure)
  }

  @Test func `a stop that came before leaves everything closed`() throws {
    let pipeline = pipeline(.nothing)
    pipeline.control.stop()
    let stepped = try start(pipeline)
    let report = try #require(stepped.report)
    #expect(report.run.ending == .stopped)
    #expect(report.events.emitted == 0)
    #expect(report.exitCode == .success)
  }

  @Test func `what was open already is closed again`() throws {
    var pipeline = TestPipeline(directory: folder)
    let closed = Atomic(0)
    pipeline.add("first", WaitingSource(.nothing) { closed.add(1, ordering: .relaxed) })
    pipeline.add("second", WaitingSource(.itself))
    pipeline.add("sink", RecordingSink(), inputs: ["first", "second"])
    let stepped = try start(pipeline)
    #expect(closed.load(ordering: .relaxed) == 0)
    pipeline.control.interrupt()
    stepped.drain()
    #expect(stepped.report != nil)
    #expect(closed.load(ordering: .relaxed) == 1)
  }
}
