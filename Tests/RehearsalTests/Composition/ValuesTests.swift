import AuditLog
import ContactCenter
import Foundation
import GenesysCloud
import GenesysSandbox
import HTTPStages
import PatchbayCore
import PatchbayKit
import PatchbayRuntime
import PatchbayTesting
import Testing

/// A program makes of values what a configuration would have said.
struct ValuesTests {
  /// The repository's `config.json`, as `docs/embedding.md` builds it.
  private func smoke(in folder: String) throws -> Pipeline {
    var registry = StageRegistry.general
    for module in [
      AuditLogModule.self, ContactCenterModule.self, GenesysCloudModule.self,
      GenesysSandboxModule.self, HTTPStagesModule.self,
    ] as [any PluginModule.Type] { try registry.load(module) }
    var options = try RunOptions(["seed": 42, "deadline": "60s"])
    options.directory = folder
    var pipeline = Pipeline(name: "agent-desktop-smoke", options: options, registry: registry)
    try pipeline.addConnection(
      "genesys", type: "genesys-cloud",
      options: ["client_id": "sandbox", "client_secret": "sandbox"])
    try pipeline.add(
      .source, "desk", type: "scenario",
      options: ["agents": 5, "interactions_per_agent": 4, "dwell": "100ms"])
    try pipeline.add(.validator, "schema", type: "interaction-event", inputs: ["desk"])
    try pipeline.add(
      .injector, "inject", type: "genesys-workspace", options: ["connection": "genesys"],
      inputs: ["schema"])
    try pipeline.add(
      .correlator, "states", type: "state-machine", inputs: ["inject", "inject.failed"])
    try pipeline.add(.sink, "audit", type: "audit-log", inputs: ["states", "schema.rejected"])
    try pipeline.add(.sink, "qa", type: "qa-http", options: ["url": "sandbox"], inputs: ["states"])
    try pipeline.add(.sink, "console", type: "stdout", inputs: ["states", "schema.rejected"])
    try pipeline.addThreshold("injection.success_rate", ">= 0.99")
    try pipeline.addThreshold("correlation.mismatches", "== 0")
    return pipeline
  }

  @Test func `the default pipeline of values is set up like that of config json`() async throws {
    let text = try Data(contentsOf: Repository.root.appending(path: "config.json"))
    let plan = try #require(Rehearsal().plan(String(decoding: text, as: UTF8.self)).plan)
    let fromFile = PipelineRun(plan, in: RunEnvironment(clock: RealClock()))
    let folder = try TemporaryFolder.make()
    let fromValues = try smoke(in: folder).makeRun()
    #expect(fromValues.identity.configurationHash != nil)
    #expect(fromValues.identity.configurationHash == fromFile.identity.configurationHash)
  }

  @Test func `the default pipeline of values runs, and twice the same`() async throws {
    let folder = try TemporaryFolder.make()
    let pipeline = try smoke(in: folder)
    for _ in 1...2 {
      let report = try await pipeline.run(
        in: RunEnvironment(clock: VirtualClock(start: Timestamp(nanoseconds: 0))))
      #expect(report.failures == [])
      #expect(report.events.delivered == 120)
      #expect(report.exitCode == .success)
    }
  }

  @Test func `a type's refusal has a code, a path and a sentence`() throws {
    var pipeline = try smoke(in: "runs")
    let error = #expect(throws: ConfigError.self) {
      try pipeline.add(.source, "more", type: "scenario", options: ["agents": 0, "dwel": "1s"])
    }
    #expect(
      error?.issues.map { "\($0.code.id) \($0.path)" } == [
        "PB0102 sources.more.agents", "PB0104 sources.more.dwel",
      ])
    let other = #expect(throws: ConfigError.self) {
      try pipeline.add(.source, "more", type: "scenari")
    }
    #expect(other?.issues.first?.code.id == "PB0201")
    let threshold = #expect(throws: ConfigError.self) {
      try pipeline.addThreshold("latency.p95", "quick")
    }
    #expect(
      threshold?.description
        == "thresholds.latency.p95: expected a condition such as \">= 0.99\", found \"quick\"")
  }

  @Test func `connections are checked like those of a configuration`() throws {
    var pipeline = try smoke(in: "runs")
    let twice = #expect(throws: ConfigError.self) {
      try pipeline.addConnection(
        "genesys", type: "genesys-cloud", options: ["client_id": "a", "client_secret": "b"])
    }
    #expect(
      twice?.lines == ["connections.genesys: the name is used by another connection"]
    )
    try pipeline.add(
      .injector, "second", type: "genesys-workspace", options: ["connection": "nowhere"],
      inputs: ["schema"])
    try pipeline.add(.sink, "kept", type: "jsonl", inputs: ["second"])
    let error = #expect(throws: ConfigError.self) { try pipeline.makeRun() }
    #expect(error?.issues.map(\.code.id) == ["PB0401"])
  }
}
