import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// How late events leave their source is measured behind the waits, and response times count from the schedule.
struct ScheduleLagTests {
  /// Emits so many events of many agents, evenly spaced.
  private static func source(of count: Int, every pause: Duration) -> ScriptedSource {
    ScriptedSource { outlet in
      for number in 0..<count {
        let due = Timestamp(nanoseconds: Int64(number) * pause.wholeNanoseconds)
        try await outlet.wait(until: due)
        try await outlet.emit(.sample(number, agent: number % 500), intended: due)
      }
    }
  }

  @Test func `lag has what the pipeline held back`() async throws {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    var pipeline = TestPipeline(directory: try TemporaryFolder.make())
    // Five a second are due, and four are taken: each is later than the one before, by what doesn't fit into the
    // channel any more.
    pipeline.add("desk", Self.source(of: 4_000, every: .milliseconds(200)))
    var buffer = WaitingBuffer()
    buffer.batches = 1
    pipeline.add(
      "sink",
      RecordingSink { batch, _ in
        try await clock.sleep(for: .milliseconds(250 * batch.count))
        return .all
      }, inputs: ["desk"], buffer: .wait(buffer))
    let report = try await pipeline.run(clock: clock)
    let desk = try #require(report.stages.first { $0.name == "desk" })
    #expect(desk.lag.count == 4_000)
    // They take 1 000 s, were due within 800, and up to 256 wait in the channel and as many in the sink.
    let latest = Double(desk.lag.maximum) / 1e9
    #expect(latest > 70 && latest < 200, "\(latest) s")
    #expect(MetricCatalog.value(of: "desk.lag.max", in: report) == latest * 1_000)
    #expect(report.json["stages"]?.array?.first?["lag"]?["count"] == 4_000)
  }

  @Test func `lag has the wait of the event itself, not only of those before it`() async throws {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    var pipeline = TestPipeline(directory: try TemporaryFolder.make())
    // All are due at once: one batch is taken, one waits, and the last event has no room while the first is written.
    pipeline.add(
      "desk",
      ScriptedSource { outlet in
        for count in [256, 256, 1] {
          var batch = outlet.makeBatch()
          for number in 0..<count {
            batch.append(.sample(number), intended: Timestamp(nanoseconds: 0))
          }
          try await outlet.emit(batch)
        }
      })
    var buffer = WaitingBuffer()
    buffer.batches = 1
    pipeline.add(
      "sink",
      RecordingSink { _, _ in
        try await clock.sleep(for: .seconds(10))
        return .all
      }, inputs: ["desk"], buffer: .wait(buffer))
    let report = try await pipeline.run(clock: clock)
    let desk = try #require(report.stages.first { $0.name == "desk" })
    #expect(desk.lag.count == 513 && desk.lag.maximum == 10_000_000_000)
  }

  /// Takes 2 ms for each event, but for a stall from second 20 to 35.
  private struct StallingInjector: Injector {
    static let type = "stalling"
    static let doc = "Takes two milliseconds, and stalls."
    let clock: any PipelineClock
    let connections: Int

    var reach: StageReach { .context }
    var capacity: InjectorCapacity { InjectorCapacity(calls: connections, eventsPerCall: 1) }

    init(_ clock: any PipelineClock, connections: Int) {
      (self.clock, self.connections) = (clock, connections)
    }
    init(_ options: NoOptions) { self.init(RealClock(), connections: 1) }

    func inject(_ batch: inout EventBatch) async {
      for index in batch.indices {
        let sent = clock.now
        let second = Double(sent.nanoseconds) / 1e9
        let free = second >= 20 && second < 35 ? Timestamp(nanoseconds: 35_000_000_000) : sent
        try? await clock.sleep(until: free.advanced(by: .milliseconds(2)))
        var outcome = Outcome(.accepted, status: 202, attempts: 1)
        outcome.timings.queue = sent.nanosecondsSince(batch[index].intended)
        outcome.timings.service = clock.now.nanosecondsSince(sent)
        outcome.timings.wire = outcome.timings.service
        batch.judge(index, outcome)
      }
    }
  }

  /// 100 a second for a minute into a target that stalls for 15 seconds: on one connection 1 500 wait and are
  /// worked off at 400 a second more than come; of each number the exact mean is known.
  @Test(arguments: [(1, 2.35), (16, 1.90)])
  func `a stall is in the response times of all that it held up`(
    connections: Int, mean: Double
  ) async throws {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 0))
    var pipeline = TestPipeline(directory: try TemporaryFolder.make())
    pipeline.add("desk", Self.source(of: 6_000, every: .milliseconds(10)))
    pipeline.add(
      "inject", StallingInjector(clock, connections: connections), inputs: ["desk"])
    pipeline.add("sink", RecordingSink(), inputs: ["inject"])
    let report = try await pipeline.run(clock: clock)
    let injection = try #require(report.injection)
    #expect(injection.accepted == 6_000)
    #expect(abs(injection.response.mean / 1e9 - mean) < mean * 0.02)
    // Those that were under way when it stalled, and no others, took long on the wire.
    let slow = injection.latency.buckets.filter { $0.value > 100_000_000 }.reduce(0) {
      $0 + $1.count
    }
    #expect(slow == connections)
  }
}
