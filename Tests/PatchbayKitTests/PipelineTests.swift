import CoreMetrics
import MetricsTestKit
import PatchbayKit
import PatchbayTesting
import ServiceLifecycle
import Synchronization
import Testing

/// Pipelines as an embedding program makes and runs them.
struct PipelineTests {
  private func options() throws -> RunOptions {
    var options = RunOptions()
    options.clock = .virtual
    options.directory = try TemporaryFolder.make()
    return options
  }

  private func numbers(_ count: Int) -> ClosureSource {
    ClosureSource { outlet in
      for number in 0..<count {
        try await outlet.emit(EventFields(sequenceID: "\(number)", state: "ringing"))
      }
    }
  }

  @Test func `a pipeline can be examined before it runs`() async throws {
    let pipeline = try Pipeline(
      json: #"""
        {
          "sources": { "in": { "type": "jsonl", "path": "/nowhere/events.jsonl" } },
          "sinks": { "out": { "type": "stdout", "inputs": ["in"] } }
        }
        """#)
    let report = try await pipeline.examine()
    #expect(report.entries.map(\.path) == ["run", "sources.in"])
    #expect(report.count(.bad) == 1)
    #expect(report.unexamined == ["sinks.out"])
  }

  @Test func `closures are source and sink, and the report is the result`() async throws {
    let seen = Mutex<[String]>([])
    var pipeline = Pipeline(name: "closures", options: try options())
    pipeline.add(
      "keep",
      ClosureSink { batch in
        seen.withLock { $0 += batch.indices.map { batch.sequenceID(of: batch[$0]) } }
      }, inputs: ["numbers"])
    pipeline.add("numbers", numbers(1_000))
    let report = try await pipeline.run()
    #expect(report.exitCode == .success)
    #expect(report.events.delivered == 1_000)
    #expect(seen.withLock { $0 } == (0..<1_000).map(String.init))
    let folder = try #require(FolderListing.names(in: pipeline.options.directory).first)
    let names = FolderListing.names(in: pipeline.options.directory + "/" + folder)
    #expect(names == ["report.json"])
  }

  @Test func `a configuration holds places for closures`() async throws {
    let text = """
      { "sources": { "calls": { "type": "closure" } },
        "sinks": { "out": { "type": "closure", "inputs": ["calls"] } } }
      """
    var pipeline = try Pipeline(json: text)
    pipeline.options = try options()
    let empty = try await pipeline.run()
    #expect(
      empty.failures == [
        "sources.calls: the program gave it no closure; "
          + "call pipeline.replace(\"calls\", with: ClosureSource { ... })"
      ])
    try pipeline.replace("calls", with: numbers(3))
    try pipeline.replace("out", with: ClosureSink { _ in })
    #expect(try await pipeline.run().events.delivered == 3)
  }

  @Test func `what is wrong with a configuration is said with its places`() {
    let error = #expect(throws: ConfigError.self) {
      try Pipeline(json: #"{ "sinks": { "out": { "type": "stdot", "inputs": ["x"] } } }"#)
    }
    #expect(
      error?.description == """
        configuration:1:1: error[PB0209]: sources: a pipeline needs at least one source
        configuration:1:31: error[PB0201]: sinks.out.type: there is no sink type "stdot" \
        (did you mean "stdout"?)
        configuration:1:51: error[PB0205]: sinks.out.inputs[0]: there is no stage "x"
        """)
  }

  @Test func `stages that don't fit together are refused before anything is opened`() {
    var pipeline = Pipeline()
    pipeline.add("out", ClosureSink { _ in }, inputs: ["calls.rejectd"])
    pipeline.add("calls", numbers(1))
    pipeline.add("idle", numbers(1))
    pipeline.add("calls", numbers(1))
    let error = #expect(throws: ConfigError.self) { try pipeline.makeRun() }
    #expect(
      error?.lines == [
        "sources.calls: the name is used by sources.calls",
        "sinks.out.inputs[0]: sources.calls has no port of that name; "
          + "its port is \"calls.rejected\"",
      ])
    let missing = #expect(throws: ConfigError.self) {
      try pipeline.replace("cals", with: numbers(1))
    }
    #expect(missing?.lines == ["there is no stage \"cals\" (did you mean \"calls\"?)"])
    let role = #expect(throws: ConfigError.self) { try pipeline.replace("out", with: numbers(1)) }
    #expect(
      role?.lines == ["sinks.out can only be replaced by a sink, which ClosureSource isn't"])
  }

  @Test func `a run is stopped from outside and drains`() async throws {
    var pipeline = Pipeline(options: try options())
    pipeline.options.clock = .real
    let (arrivals, arrived) = AsyncStream.makeStream(of: Int.self)
    pipeline.add(
      "endless",
      ClosureSource { outlet in
        while !Task.isCancelled { try await outlet.emit(EventFields(sequenceID: "one")) }
      })
    pipeline.add("out", ClosureSink { arrived.yield($0.count) }, inputs: ["endless"])
    let run = try pipeline.makeRun()
    async let report = run.run()
    for await _ in arrivals { break }
    #expect(run.progress.events.emitted > 0)
    run.stop()
    let ended = await report
    #expect(ended.run.ending == .stopped)
    #expect(ended.exitCode == .success)
    #expect(ended.events.isBalanced)
    #expect(ended.events.abandoned == 0)
  }

  @Test func `counters go to the backend that the program hands in`() async throws {
    let metrics = TestMetrics()
    var pipeline = Pipeline(name: "counted", options: try options())
    pipeline.add("numbers", numbers(1_000))
    pipeline.add("out", ClosureSink { _ in }, inputs: ["numbers"])
    _ = try await pipeline.run(in: RunEnvironment(metrics: metrics))
    let stage = [("pipeline", "counted"), ("stage", "out"), ("role", "sink")]
    let written = try metrics.expectCounter("patchbay.stage.written", stage)
    #expect(written.totalValue == 1_000)
    let delivered = try metrics.expectCounter(
      "patchbay.events", [("pipeline", "counted"), ("settlement", "delivered")])
    #expect(delivered.totalValue == 1_000)
    let failed = try metrics.expectCounter(
      "patchbay.events", [("pipeline", "counted"), ("settlement", "failed")])
    #expect(failed.values.isEmpty)
  }

  @Test func `a service ends gracefully, and its failure is the group's`() async throws {
    var pipeline = Pipeline(options: try options())
    pipeline.add("none", ClosureSource { _ in })
    pipeline.add("out", ClosureSink { _ in }, inputs: ["none"])
    let service = PipelineService(try pipeline.makeRun()) { report in
      #expect(report.exitCode == .failure)
    }
    let error = await #expect(throws: PipelineError.self) { try await service.run() }
    #expect(error?.description.hasSuffix("of pipeline ended with exit code 1") == true)
  }
}
