import ContactCenter
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// Interactions that begin by themselves, the agents who take them, and agents who wait for answers.
struct ArrivingScenarioTests {
  private static let epoch: Int64 = 1_767_225_600_000_000_000
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  private func run(
    _ options: JSONValue, sink: RecordingSink = RecordingSink()
  ) async throws -> (events: [EventFields], report: RunReport) {
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("desk", ScenarioSource(try ScenarioOptions(options)))
    pipeline.add(
      "states", StateMachineCorrelator(try .init(machine(of: options))), inputs: ["desk"])
    pipeline.add("sink", sink, inputs: ["states"])
    let report = try await pipeline.run()
    #expect(report.events.isBalanced && report.failures == [])
    return (sink.record.entries.map(\.fields), report)
  }

  private func machine(of options: JSONValue) -> JSONValue {
    options["machine"].map { ["machine": $0] } ?? [:]
  }

  /// When an event is due, in seconds from the start.
  private func second(_ event: EventFields) -> Double {
    let time = event.timestamp.flatMap { Timestamp($0) }?.nanoseconds ?? 0
    return Double(time - Self.epoch) / 1e9
  }

  private func metric(_ name: String, _ report: RunReport) -> Double? {
    MetricCatalog.value(of: name, in: report)
  }

  @Test func `each arrival walks its machine, and nobody handles two at a time`() async throws {
    let (events, report) = try await run([
      "agents": 30, "dwell": "100ms", "arrivals": ["constant": ["rate": "50/s", "for": "10s"]],
    ])
    #expect(metric("desk.interactions", report) == 500 && metric("desk.dropped", report) == 0)
    #expect(events.count == 3_000 && metric("states.mismatches", report) == 0)
    let walks = Dictionary(grouping: events, by: \.interactionID).values
    let starts = walks.compactMap(\.first).map(second).sorted()
    for (number, start) in starts.enumerated() {
      #expect(abs(start - Double(number) * 0.02) < 1e-6)
    }
    #expect(walks.allSatisfy { $0.count == 6 && Set($0.map(\.agentID)).count == 1 })
    for day in Dictionary(grouping: events, by: \.agentID).values {
      // One interaction after the other: no agent comes back to one.
      let order = day.compactMap(\.interactionID)
      #expect(zip(order, order.dropFirst()).count { $0 != $1 } == Set(order).count - 1)
    }
  }

  @Test func `who has been idle longest is next`() async throws {
    let (events, _) = try await run([
      "agents": 4, "dwell": "100ms", "arrivals": ["constant": ["rate": "1/s", "for": "12s"]],
    ])
    let agents = events.filter { $0.state == "routing/agent/busy" }.compactMap(\.agentID)
    #expect(Set(agents.prefix(4)).count == 4)
    let turn = Array(agents.prefix(4))
    #expect(agents == [turn, turn, turn].flatMap(\.self))
  }

  @Test func `what finds nobody idle is dropped and counted`() async throws {
    // Each takes half a second: of ten in two seconds the one agent gets every third, at 0, 0.6, 1.2 and 1.8.
    let (events, report) = try await run([
      "agents": 1, "dwell": "100ms", "arrivals": ["constant": ["rate": "5/s", "for": "2s"]],
    ])
    #expect(metric("desk.interactions", report) == 4 && metric("desk.dropped", report) == 6)
    #expect(events.count == 24)
    let starts = Dictionary(grouping: events, by: \.interactionID).values
      .compactMap(\.first).map(second).sorted()
    #expect(zip(starts, [0, 0.6, 1.2, 1.8]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func `an agent whose work ends as another interaction comes takes it`() async throws {
    // The last event is at 0.5, as is the next arrival.
    let (_, report) = try await run([
      "agents": 1, "dwell": "100ms", "arrivals": ["constant": ["rate": "2/s", "for": "5s"]],
    ])
    #expect(metric("desk.dropped", report) == 0)
  }

  @Test func `agents come on queue before the first and leave after the last`() async throws {
    let (events, report) = try await run([
      "agents": 20, "dwell": "50ms", "machine": "genesys-cloud",
      "arrivals": ["poisson": ["rate": "20/s", "for": "20s"]],
    ])
    #expect(metric("states.mismatches", report) == 0)
    let days = Dictionary(grouping: events, by: \.agentID)
    #expect(days.count == 20)
    for day in days.values {
      #expect(day.first?.state?.hasSuffix("on_queue") ?? false, "\(day.first?.state ?? "")")
      #expect(day.first.map(second) == 0)
      #expect(day.last?.state?.hasSuffix("offline") ?? false, "\(day.last?.state ?? "")")
      #expect(day.last.map { second($0) >= 20 } ?? false)
    }
  }

  @Test func `an agent may leave many offers unanswered`() async throws {
    let (events, report) = try await run([
      "agents": 3, "interactions_per_agent": 20, "machine": "genesys-cloud",
      "mix": ["unanswered": 1_000],
    ])
    #expect(events.count { $0.state == "participant/not_responding" } > 50)
    #expect(metric("states.mismatches", report) == 0)
  }

  @Test(
    arguments: [
      ["constant": ["rate": "20/s", "for": "20s"]], ["poisson": ["rate": "30/s", "for": "10s"]],
      ["ramp": ["stages": [["to": "40/s", "for": "20s"]]]],
    ] as [JSONValue])
  func `a run that is gone on with has the same interactions as one that wasn't interrupted`(
    arrivals: JSONValue
  ) async throws {
    // Too few agents, so that it matters who was idle.
    let options: JSONValue = ["agents": 8, "dwell": "100ms", "arrivals": arrivals]
    func pipeline(_ sink: RecordingSink) throws -> TestPipeline {
      var pipeline = TestPipeline(
        directory: folder, options: ["clock": "virtual", "journal": true, "seed": 3])
      pipeline.add("desk", ScenarioSource(try ScenarioOptions(options)))
      pipeline.add("sink", sink, inputs: ["desk"])
      return pipeline
    }
    let whole = RecordingSink()
    let expected = try await pipeline(whole).run()
    let control = StopControl()
    let sink = RecordingSink { _, number in
      if number == 40 { control.request(.abort, ending: .stopped) }
      return .all
    }
    let interrupted = try pipeline(sink).makeRun(control: control)
    #expect(await interrupted.run().run.canBeResumed)
    let path = interrupted.directoryPath
    let report = try await pipeline(sink).makeRun(goingOnWith: path).run()
    #expect(report.failures == [] && !report.run.canBeResumed)
    #expect(Set(sink.record.ids) == Set(whole.record.ids))
    for name in ["desk.interactions", "desk.dropped"] {
      #expect(metric(name, report) == metric(name, expected))
    }
    #expect((metric("desk.dropped", report) ?? 0) > 0)
  }

  @Test func `agents who wait begin other interactions when the run is gone on with`() async throws
  {
    let options: JSONValue = [
      "agents": 5, "dwell": "100ms", "arrivals": ["closed": ["for": "20s"]],
    ]
    let control = StopControl()
    let sink = RecordingSink { _, number in
      if number == 40 { control.request(.abort, ending: .stopped) }
      return .all
    }
    func pipeline() throws -> TestPipeline {
      var pipeline = TestPipeline(
        directory: folder, options: ["clock": "virtual", "journal": true])
      pipeline.add("desk", ScenarioSource(try ScenarioOptions(options)))
      pipeline.add("sink", sink, inputs: ["desk"])
      return pipeline
    }
    let interrupted = try pipeline().makeRun(control: control)
    let before = await interrupted.run()
    #expect(before.run.canBeResumed)
    let after = try await pipeline().makeRun(goingOnWith: interrupted.directoryPath).run()
    #expect(after.failures == [])
    let ids = sink.record.ids
    #expect(Set(ids).count == ids.count)
    // The time that is over is over: it is 20 seconds for both together.
    #expect(after.run.finishedAt.since(before.run.startedAt) < .seconds(22))
    let interactions = Dictionary(grouping: sink.record.entries, by: \.fields.interactionID)
    #expect(interactions.values.allSatisfy { $0.count <= 6 })
  }

  @Test func `the same seed gives the same events, and illegal states are counted as they come`()
    async throws
  {
    let options: JSONValue = [
      "agents": 8, "dwell": "40ms", "dwell_distribution": "exponential", "illegal": 9,
      "arrivals": ["poisson": ["rate": "20/s", "for": "5s"]],
    ]
    let (first, report) = try await run(options)
    let (second, _) = try await run(options)
    #expect(first == second && !first.isEmpty)
    let illegal = try #require(metric("desk.illegal", report))
    #expect(illegal > 0 && illegal <= 9)
    #expect(metric("states.mismatches", report) == illegal)
  }

  @Test
  func `agents who wait go on when they are answered, and begin nothing when the time is over`()
    async throws
  {
    let clock = VirtualClock(start: Timestamp(nanoseconds: Self.epoch))
    // Whatever comes takes a second, one at a time.
    let sink = RecordingSink { _, _ in
      try await clock.sleep(for: .seconds(1))
      return .all
    }
    var pipeline = TestPipeline(directory: folder)
    let options: JSONValue = [
      "agents": 2, "dwell": "100ms",
      "arrivals": ["closed": ["for": "20s", "think_time": "3s"]],
    ]
    pipeline.add("desk", ScenarioSource(try ScenarioOptions(options)))
    pipeline.add("sink", sink, inputs: ["desk"])
    let report = try await pipeline.run(clock: clock)
    #expect(report.failures == [])
    let events = sink.record.entries.map(\.fields)
    for day in Dictionary(grouping: events, by: \.agentID).values {
      for (one, next) in zip(day, day.dropFirst()) {
        // A second for the answer at least, then the time in the state or between interactions.
        let pause = one.interactionID == next.interactionID ? 1.1 : 4.0
        #expect(second(next) - second(one) >= pause - 1e-6)
      }
      let starts = Dictionary(grouping: day, by: \.interactionID).values.compactMap(\.first)
      #expect(starts.allSatisfy { second($0) < 20 })
    }
    #expect(Set(events.compactMap(\.sequenceID)).count == events.count)
    #expect(metric("desk.interactions", report) == Double(events.count / 6))
  }
}
