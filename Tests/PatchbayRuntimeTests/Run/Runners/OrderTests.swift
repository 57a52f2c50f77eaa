import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Testing

/// What shares an agent or interaction stays in order; everything else goes in parallel.
struct OrderTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  @Test(arguments: [(1, 1), (8, 1), (8, 5), (32, 16)])
  func `an injector never has two calls that share an agent`(calls: Int, events: Int) async throws {
    var pipeline = TestPipeline(directory: folder)
    let overlaps = Overlaps()
    let sink = RecordingSink()
    pipeline.add("source", ScriptedSource(count: 600, agents: 12))
    pipeline.add(
      "inject",
      ClosureInjector(InjectorCapacity(calls: calls, eventsPerCall: events)) { batch, clock in
        let keys = Set(batch.indices.map { batch.key(batch[$0].agent) })
        overlaps.enter(keys)
        var random = KeyedRandom(
          seed: 1, purpose: "test", KeyedRandom.key(batch.bytes(batch[0].sequence)))
        try? await clock.sleep(for: .milliseconds(Int.random(in: 1...50, using: &random)))
        overlaps.leave(keys)
        for index in batch.indices { batch.judge(index, Outcome(.accepted, attempts: 1)) }
      }, inputs: ["source"])
    pipeline.add("sink", sink, inputs: ["inject"])
    let report = try await pipeline.run()
    #expect(report.events.delivered == 600)
    #expect(overlaps.count == 0)
    if calls > 1 { #expect(overlaps.most > 1) }
    for agent in 0..<12 {
      let numbers = sink.record.ids.compactMap { Int($0.dropFirst(5)) }.filter { $0 % 12 == agent }
      #expect(numbers == numbers.sorted())
    }
  }

  @Test func `a slow agent doesn't hold back the others`() async throws {
    var pipeline = TestPipeline(directory: folder)
    let sink = RecordingSink()
    pipeline.add("source", ScriptedSource(count: 40, agents: 4))
    pipeline.add(
      "inject",
      ClosureInjector(InjectorCapacity(calls: 4, eventsPerCall: 1)) { batch, clock in
        let number = Int(batch.sequenceID(of: batch[0]).dropFirst(5)) ?? 0
        try? await clock.sleep(for: number == 0 ? .seconds(100) : .seconds(1))
        batch.judge(0, Outcome(.accepted, attempts: 1))
      }, inputs: ["source"])
    pipeline.add("sink", sink, inputs: ["inject"])
    _ = try await pipeline.run()
    let first = try #require(sink.record.ids.firstIndex(of: "test-0"))
    #expect(first == 30)
  }
}
