import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// An injector's calls wait for others to fill them, no longer than they may.
struct LingerTests {
  /// Emits an event of another agent every second.
  private struct PacedSource: Source {
    static let type = "paced"
    static let doc = "Emits an event every second."
    private var clock: any PipelineClock = RealClock()

    init(_ options: NoOptions) {}
    init() {}

    mutating func open(_ context: StageContext) async throws { clock = context.clock }

    mutating func run(emitting outlet: SourceOutlet) async throws {
      let start = clock.now
      for index in 0..<12 {
        try await outlet.wait(until: start.advanced(by: .seconds(index)))
        try await outlet.emit(EventFields.sample(index, agent: index))
        try await outlet.flush()
      }
    }
  }

  private final class Sizes: Sendable {
    let all = Mutex<[Int]>([])
  }

  private func sizes(_ capacity: InjectorCapacity) async throws -> [Int] {
    var pipeline = TestPipeline(directory: try TemporaryFolder.make())
    let sizes = Sizes()
    pipeline.add("source", PacedSource())
    pipeline.add(
      "inject",
      ClosureInjector(capacity) { batch, _ in
        sizes.all.withLock { $0.append(batch.count) }
        for index in batch.indices { batch.judge(index, Outcome(.accepted, attempts: 1)) }
      }, inputs: ["source"])
    pipeline.add("sink", RecordingSink(), inputs: ["inject"])
    let report = try await pipeline.run()
    #expect(report.events.delivered == 12)
    return sizes.all.withLock { $0 }
  }

  @Test(arguments: [1, 3])
  func `a call goes when its first event has waited long enough`(calls: Int) async throws {
    let capacity = InjectorCapacity(
      calls: calls, eventsPerCall: 100, linger: .milliseconds(2_500))
    #expect(try await sizes(capacity) == [3, 3, 3, 3])
  }

  @Test(arguments: [1, 3])
  func `a full call doesn't wait`(calls: Int) async throws {
    let capacity = InjectorCapacity(calls: calls, eventsPerCall: 4, linger: .seconds(3_600))
    #expect(try await sizes(capacity) == [4, 4, 4])
  }

  @Test func `without a linger nothing waits`() async throws {
    let capacity = InjectorCapacity(calls: 3, eventsPerCall: 4)
    #expect(try await sizes(capacity) == Array(repeating: 1, count: 12))
  }
}
