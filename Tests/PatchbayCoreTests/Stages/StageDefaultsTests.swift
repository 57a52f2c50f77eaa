import PatchbayCore
import PatchbayJSON
import Testing

struct StageDefaultsTests {
  @Test func `a role names its section of the configuration`() {
    #expect(
      StageRole.allCases.map(\.section) == [
        "sources", "validators", "injectors", "correlators", "sinks",
      ])
  }

  @Test(arguments: [(1, 1, 1, 1), (8, 256, 8, 256), (0, -5, 1, 1)])
  func `an injector takes one event in one call at least`(
    calls: Int, events: Int, keptCalls: Int, keptEvents: Int
  ) {
    let capacity = InjectorCapacity(calls: calls, eventsPerCall: events)
    #expect(capacity.calls == keptCalls)
    #expect(capacity.eventsPerCall == keptEvents)
  }

  @Test func `a stage needs no more than its role asks for`() async throws {
    let options = try NoOptions([:])
    var correlator = OpenCorrelator(options)
    #expect(correlator.deadline == nil)
    #expect(correlator.advance(to: SampleEvents.time) == [])
    #expect(correlator.findings() == Findings())
    #expect(OpenCorrelator.metrics == [])
    #expect(!OpenSink.reportsVerdict)
    var sink = OpenSink(options)
    #expect(try await sink.write(EventBatch(symbols: SymbolTable())) == .all)
    try await sink.finish(.sample())
  }

  @Test func `a connection is ready at once and has no implicit name`() async throws {
    let connection = LoopConnection(try NoOptions([:]))
    try await confirmation { ready in
      try await connection.serve { ready() }
    }
    await connection.close()
    #expect(LoopConnection.implicitName == nil)
    #expect(sandboxConnectionName == "sandbox")
  }

  @Test func `a module adds nothing by itself`() {
    #expect(SampleModule.stages.isEmpty)
    #expect(SampleModule.connections.isEmpty)
  }

  @Test func `a write result is complete unless it says otherwise`() {
    #expect(WriteResult() == .all)
    #expect(WriteResult.all.undelivered == [] && WriteResult.all.refused == [])
    #expect(WriteResult(undelivered: [1]) != .all)
    #expect(WriteResult(refused: [.init(0, reason: "no")]) != .all)
  }

  @Test func `a release lets events pass unless it says otherwise`() {
    #expect(Release(HoldKey(7)).passes)
    #expect(Release(HoldKey(7)) == Release(HoldKey(7), passes: true))
    #expect(Release(HoldKey(7)) != Release(HoldKey(7), passes: false))
    #expect(Observation.hold(HoldKey(7)) != .hold(HoldKey(8)))
  }

  @Test func `errors print the sentence they were made with`() {
    let cause = CancellationError()
    #expect("\(PipelineError("no room", cause: cause))" == "no room")
    #expect(PipelineError("no room", cause: cause).cause is CancellationError)
    #expect(PipelineError("no room").cause == nil)
    #expect("\(UnreadableInput("in.json: no JSON"))" == "in.json: no JSON")
    #expect("\(DeliveryError(rejected: "400: no such field"))" == "400: no such field")
  }
}
