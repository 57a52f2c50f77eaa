import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// A source learns what became of its events, whichever way they go and however the run ends.
struct ReceiptTests {
  /// What receipts told, and what else happened, in its order.
  private final class Notes: Sendable {
    private let all = Mutex<[String]>([])

    var lines: [String] { all.withLock { $0 } }
    func add(_ line: String) { all.withLock { $0.append(line) } }
    func add(_ settlements: [Settlement]) {
      add(settlements.map { "\($0)" }.joined(separator: " "))
    }
  }

  /// Emits one batch, and asks by a closure what became of it.
  private struct AskingSource: Source {
    static let type = "asking"
    static let doc = "Asks what became of its events."
    private let notes: Notes

    init(_ options: NoOptions) { notes = Notes() }
    init(_ notes: Notes) { self.notes = notes }

    mutating func run(emitting outlet: SourceOutlet) async throws {
      try await outlet.emitTogether(0..<4).whenSettled { [notes] in notes.add($0) }
      notes.add("returned")
    }

    mutating func close() async { notes.add("closed") }
  }

  private let notes = Notes()
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  @Test func `of several ways it tells the worst`() async throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add(
      "source",
      ScriptedSource { [notes] outlet in
        notes.add(try await outlet.emitTogether(0..<4).settlements())
      })
    pipeline.add("all", RecordingSink(), inputs: ["source"])
    pipeline.add("thirds", ThirdsValidator(), inputs: ["source"])
    pipeline.add(
      "some", RecordingSink { _, _ in WriteResult(refused: [.init(1, reason: "too odd")]) },
      inputs: ["thirds"])
    _ = try await pipeline.run()
    #expect(notes.lines == ["rejected delivered failed rejected"])
  }

  @Test(arguments: [(3, "delivered"), (4, "failed")])
  func `it comes after the last try`(failures: Int, settlement: String) async throws {
    var pipeline = TestPipeline(directory: folder)
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    pipeline.add(
      "source",
      ScriptedSource { [notes] outlet in
        notes.add(try await outlet.emit(.sample(0)).settlements())
        notes.add("after \(clock.now.nanoseconds / 1_000_000) ms")
      })
    pipeline.add(
      "sink",
      RecordingSink { _, write in
        if write <= failures { throw PipelineError("not now") }
        return .all
      }, inputs: ["source"])
    _ = try await pipeline.run(clock: clock)
    #expect(notes.lines == [settlement, "after 700 ms"])
  }

  @Test func `it comes after the source has returned, and before it is closed`() async throws {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", AskingSource(notes))
    pipeline.add("hold", HoldingCorrelator(delay: .seconds(5)), inputs: ["source"])
    pipeline.add("sink", RecordingSink(), inputs: ["hold"])
    let report = try await pipeline.run()
    #expect(report.events.line == "4 = 4 + 0 + 0 + 0")
    #expect(notes.lines == ["returned", "delivered delivered delivered delivered", "closed"])
  }

  @Test func `at the end of a drain it tells what was abandoned, before the source is closed`()
    throws
  {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("source", AskingSource(notes))
    pipeline.add("hold", HoldingCorrelator(delay: .seconds(5)), inputs: ["source"])
    pipeline.add("sink", RecordingSink(), inputs: ["hold"])
    let stepped = try SteppedRun(pipeline, clock: ManualClock())
    #expect(notes.lines == ["returned"])
    pipeline.control.interrupt()
    stepped.drain()
    #expect(notes.lines == ["returned"])
    pipeline.control.interrupt()
    stepped.drain()
    #expect(notes.lines == ["returned", "abandoned abandoned abandoned abandoned", "closed"])
    #expect(stepped.report?.events.line == "4 = 0 + 0 + 0 + 4")
  }

  @Test(arguments: ["virtual", "real"])
  func `a source that answers one event after the other is never held up`(
    clock: String
  ) async throws {
    var pipeline = TestPipeline(directory: folder, options: ["clock": .string(clock)])
    pipeline.add(
      "source",
      ScriptedSource { [notes] outlet in
        for number in 0..<100 { notes.add(try await outlet.emit(.sample(number)).settlements()) }
      })
    pipeline.add("inject", ClosureInjector.accepting(), inputs: ["source"])
    pipeline.add("sink", RecordingSink(), inputs: ["inject"])
    _ = try await pipeline.run()
    #expect(notes.lines == Array(repeating: "delivered", count: 100))
  }
}
