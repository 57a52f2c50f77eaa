import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import PipelineTesting
import Reports
import Testing

/// Nothing that is fed in makes the program trap.
struct MutationTests {
  /// How many configurations are tried; `make fuzz` asks for more.
  private static let cases =
    ProcessInfo.processInfo.environment["PATCHBAY_FUZZ_CASES"].flatMap { Int($0) } ?? 100_000

  @Test func `mutated configurations are planned or refused with a place`() throws {
    let names = [
      "config.json", "Examples/call-log/config.json", "Examples/jsonl/config.json",
      "Examples/composed/config.json",
    ]
    let seeds = try names.map { name in
      let path = Repository.root.path + "/" + name
      return (Array(try #require(FileManager.default.contents(atPath: path))), path)
    }
    let planner = Planner(registry: Rehearsal.registry, variables: ["X": "1"])
    var random = KeyedRandom(seed: 1, purpose: "config-mutations")
    var planned = 0
    for round in 0..<Self.cases {
      let (seed, name) = seeds[round % seeds.count]
      let bytes = Mutation.mutate(seed, using: &random)
      var overrides = ConfigurationOverrides()
      if round % 3 == 0 { overrides.profiles = ["ci"] }
      if round % 5 == 0 {
        let setting = Mutation.mutate(Array("sources.desk.agents=3".utf8), using: &random)
        overrides.settings = [String(decoding: setting, as: UTF8.self)]
      }
      if round % 7 == 0 { overrides.only = ["console"] }
      let result = planner.plan(bytes, named: name, overrides: overrides)
      if result.plan != nil { planned += 1 }
      let hasErrors = result.issues.contains { $0.severity == .error }
      if hasErrors != (result.plan == nil) {
        Issue.record("a plan and errors, or neither: \(String(decoding: bytes, as: UTF8.self))")
      }
      if !result.issues.allSatisfy({ Self.hasPlace($0, in: result.sources) }) {
        Issue.record("an issue stands outside of \(String(decoding: bytes, as: UTF8.self))")
      }
      if round % 10 == 0 {
        let shown = Diagnostics(result.issues, sources: result.sources)
        #expect(shown.excerpts(colored: false).isEmpty == result.issues.isEmpty)
      }
      if round % 10 == 0, let plan = result.plan {
        #expect(!PlanGraph(plan).mermaid.isEmpty)
        #expect(PlanOutlook(plan).json["pipeline"] != nil)
      }
    }
    // Some mutations hurt nothing; all of them refused would mean that nothing is tested.
    #expect(planned > Self.cases / 200)
  }

  private static func hasPlace(_ issue: ConfigIssue, in sources: [SourceText]) -> Bool {
    guard sources.indices.contains(issue.position.source) else { return false }
    let lines = sources[issue.position.source].bytes.count { $0 == 0x0A } + 1
    return (1...lines).contains(issue.position.line) && issue.position.column >= 1
  }

  @Test func `mutated test files are read or refused with a place`() throws {
    let names = ["config.test.json", "Examples/composed/config.test.json"]
    let seeds = try names.map { name in
      let path = Repository.root.path + "/" + name
      return (Array(try #require(FileManager.default.contents(atPath: path))), path)
    }
    var random = KeyedRandom(seed: 3, purpose: "test-mutations")
    var runnable = 0
    for round in 0..<(Self.cases / 20) {
      let (seed, path) = seeds[round % seeds.count]
      let bytes = Mutation.mutate(seed, using: &random)
      do {
        let suite = try TestSuite(
          path: path, text: bytes, registry: Rehearsal.registry, directory: "/nowhere")
        if suite.isRunnable { runnable += 1 }
        if !suite.issues.allSatisfy({ Self.hasPlace($0, in: suite.sources) }) {
          Issue.record("an issue stands outside of \(String(decoding: bytes, as: UTF8.self))")
        }
      } catch is UnreadableInput {
        // The path of the configuration was hit.
      }
    }
    #expect(runnable > Self.cases / 2_000)
  }

  @Test func `100 000 mutated lines become events or rejected records, none is lost`()
    async throws
  {
    let path = Repository.root.path + "/Examples/jsonl/events.jsonl"
    let lines = try #require(FileManager.default.contents(atPath: path))
      .split(separator: 0x0A).map(Array.init)
    var random = KeyedRandom(seed: 2, purpose: "line-mutations")
    var text: [UInt8] = []
    for round in 0..<100_000 {
      text += Mutation.mutate(lines[round % lines.count], using: &random).filter { $0 != 0x0A }
      text.append(0x0A)
    }
    let blank = text.split(separator: 0x0A, omittingEmptySubsequences: false)
      .count { $0.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
    var rehearsal = try Rehearsal()
    rehearsal.input = ScriptedInput(
      stride(from: 0, to: text.count, by: 65_536).map {
        Array(text[$0..<min($0 + 65_536, text.count)])
      })
    let report = try await rehearsal.run(
      #"""
      {
        "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
        "sources": { "lines": { "type": "stdin" } },
        "validators": { "schema": { "type": "interaction-event", "inputs": ["lines"] } },
        "correlators": { "states": { "type": "state-machine", "inputs": ["schema"] } },
        "sinks": {
          "good": { "type": "jsonl", "inputs": ["states"], "file": "good.jsonl" },
          "bad": {
            "type": "jsonl", "inputs": ["schema.rejected", "lines.rejected"], "file": "bad.jsonl"
          }
        }
      }
      """#)
    #expect(report.failures == [])
    #expect(report.events.isBalanced)
    // Every line but the blank ones; the piece behind the last line end is one of those.
    #expect(report.events.emitted + blank == 100_001)
    #expect(report.events.rejected > 1_000)
    for name in ["good.jsonl", "bad.jsonl"] {
      for line in try #require(try rehearsal.file(name)).split(separator: 0x0A) {
        #expect(throws: Never.self) { try JSONValue(parsing: Array(line)) }
      }
    }
  }
}
