import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// A correlator is asked when its deadline has come: not late, not for ever, and without a timer
/// left behind.
struct DeadlineTests {
  /// Holds each event for a time of its own: its number modulo seven, plus one, seconds.
  private struct MixedCorrelator: Correlator {
    static let type = "mixed"
    static let doc = "Holds events for times of mixed length."
    private var held: [UInt64: Timestamp] = [:]

    init(_ options: NoOptions) {}
    init() {}

    mutating func observe(
      _ event: Event, _ outcome: Outcome, of batch: EventBatch, at now: Timestamp
    ) -> Observation {
      let number = UInt64(batch.sequenceID(of: event).dropFirst("test-".count)) ?? 0
      held[number] = now.advanced(by: .seconds(Int64(number % 7) + 1))
      return .hold(HoldKey(number))
    }

    var deadline: Timestamp? { held.values.min() }

    mutating func advance(to now: Timestamp) -> [Release] {
      let due = held.filter { $0.value <= now }.keys.sorted()
      for key in due { held[key] = nil }
      return due.map { Release(HoldKey($0)) }
    }
  }

  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  @Test func `however many deadlines there are, there is one timer`() async throws {
    var pipeline = TestPipeline(directory: folder)
    let clock = SleeperCount(VirtualClock(start: Timestamp(nanoseconds: 0)))
    let sink = RecordingSink()
    pipeline.add(
      "source",
      ScriptedSource { outlet in
        for number in 0..<10_000 {
          let receipt = try await outlet.emit(.sample(number))
          // Now and then all that is held has to come back first, so that time moves.
          if number % 100 == 99 { _ = try await receipt.settlements() }
        }
      })
    pipeline.add("mixed", MixedCorrelator(), inputs: ["source"])
    pipeline.add("sink", sink, inputs: ["mixed"])
    let report = try await pipeline.run(clock: clock)
    #expect(report.events.line == "10000 = 10000 + 0 + 0 + 0")
    #expect(report.failures == [])
    #expect(clock.most == 1)
    #expect(clock.now > Timestamp(nanoseconds: 0))
    #expect(clock.total > 100)
  }

  @Test func `a deadline that follows a batch and a timer at once isn't forgotten`() throws {
    var pipeline = TestPipeline(directory: folder)
    let clock = StubbornClock()
    let sink = RecordingSink()
    let (words, go) = AsyncStream.makeStream(of: Void.self)
    pipeline.add(
      "source",
      ScriptedSource { outlet in
        var number = 0
        for await _ in words {
          try await outlet.emit(.sample(number))
          try await outlet.flush()
          number += 2
        }
      })
    pipeline.add("hold", HoldingCorrelator(delay: .seconds(10)), inputs: ["source"])
    pipeline.add("sink", sink, inputs: ["hold"])
    let stepped = try SteppedRun(pipeline, clock: clock)
    go.yield()
    stepped.drain()
    clock.advance(by: .seconds(5))
    // The timer of the first event has been given up for the second one, but it comes nevertheless.
    go.yield()
    stepped.drain()
    clock.advance(by: .seconds(5))
    stepped.drain()
    #expect(sink.record.ids == ["test-0"])
    // The second event was taken when the late timer let go, and is held from then on.
    clock.advance(by: .seconds(10))
    stepped.drain()
    #expect(sink.record.ids == ["test-0", "test-2"])
    go.finish()
    stepped.drain()
    #expect(stepped.report?.events.line == "2 = 2 + 0 + 0 + 0")
  }

  @Test func `of two chains that wait at their end each has its own time`() async throws {
    var pipeline = TestPipeline(directory: folder)
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    let times = Mutex<[String]>([])
    for (name, delay) in [("short", 5), ("long", 100)] as [(String, Int64)] {
      pipeline.add(
        "source-\(name)",
        ScriptedSource { outlet in
          try await outlet.emit(.sample(0))
          if name == "short" { try await outlet.wait(until: Timestamp(nanoseconds: 1)) }
        })
      pipeline.add(name, HoldingCorrelator(delay: .seconds(delay)), inputs: ["source-\(name)"])
      pipeline.add(
        "sink-\(name)",
        RecordingSink { _, _ in
          times.withLock { $0.append("\(name) \(clock.now.nanoseconds / 1_000_000_000)") }
          return .all
        }, inputs: [name])
    }
    let report = try await pipeline.run(clock: clock)
    #expect(report.events.delivered == 2)
    #expect(times.withLock { $0 } == ["short 5", "long 100"])
  }
}
