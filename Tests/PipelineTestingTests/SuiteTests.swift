import AuditLog
import ContactCenter
import ExportStages
import Foundation
import GenesysCloud
import GenesysNotifications
import GenesysSandbox
import HTTPStages
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayStages
import PatchbayTesting
import PipelineTesting
import SubprocessStages
import Testing

/// Whole test files: what they accept, what they find.
struct SuiteTests {
  static let registry: StageRegistry = {
    var registry = StageRegistry()
    let modules: [any PluginModule.Type] = [
      GeneralStagesModule.self, ContactCenterModule.self, HTTPStagesModule.self,
      GenesysCloudModule.self, GenesysNotificationsModule.self, GenesysSandboxModule.self,
      AuditLogModule.self, ExportStagesModule.self,
      SubprocessStagesModule.self, MuteModule.self,
    ]
    for module in modules { try? registry.load(module) }
    return registry
  }()

  private static let config = #"""
    {
      "sources": { "desk": { "type": "scenario", "agents": 1, "interactions_per_agent": 1 } },
      "injectors": {
        "send": { "type": "http", "inputs": ["desk"], "url": "${URL:-https://t.example/e}" }
      },
      "correlators": { "states": { "type": "state-machine", "inputs": ["send", "send.failed"] } },
      "sinks": {
        "log": { "type": "jsonl", "inputs": ["states"] },
        "console": { "type": "stdout", "inputs": ["states"] }
      },
      "profiles": { "two": { "sources": { "desk": { "agents": 2 } } } }
    }
    """#

  /// What reaches outside, as a configuration under test has it.
  private static func reaching(_ sections: String) -> String {
    let inputs = sections.contains("\"validators\"") ? #"["v", "v.rejected"]"# : #"["desk"]"#
    return #"{ "sinks": { "log": { "type": "jsonl", "inputs": \#(inputs) } }, \#(sections) }"#
  }

  private static let desk =
    #""sources": { "desk": { "type": "scenario", "agents": 1, "interactions_per_agent": 1 } }"#

  @Test func `sinks that reach outside are recorders in a test`() async throws {
    let folder = try TemporaryFolder.make()
    let path = JSONValue.string("\(folder)/a.json").text()
    let config = """
      { \(Self.desk), "sinks": {
          "audit": { "type": "audit-json", "inputs": ["desk"], "path": \(path) },
          "child": { "type": "subprocess", "inputs": ["desk"], "command": ["touch", "\(folder)/b"] }
      } }
      """
    let (suite, _) = try suite(
      #"""
      { "config": "c.json", "tests": [{ "name": "t", "expect": {
          "sinks": { "audit": { "contains": [{ "state": "routing/agent/available" }] },
          "child": { "contains": [{ "state": "interaction/media/connected" }] } }
      } }] }
      """#, config: config)
    try #require(suite.isRunnable, "\(suite.issues)")
    let differences = await suite.run().flatMap(\.differences).flatMap(\.lines)
    #expect(differences == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test(arguments: [
    (
      #""sources": { "desk": { "type": "subprocess", "command": ["python3", "x"] } }"#,
      "sources.desk: subprocess starts python3 x; give its events under \"given\", "
        + "or name it under \"outside\" to have it run for real"
    ),
    (
      #"\#(desk), "validators": { "v": { "type": "subprocess", "inputs": ["desk"], "command": ["x"] } }"#,
      "validators.v: subprocess starts x; leave it out with \"only\" or "
        + "\"changes\", or name it under \"outside\" to have it run for real"
    ),
    (
      #"\#(desk), "validators": { "v": { "type": "mute", "inputs": ["desk"] } }"#,
      "validators.v: mute doesn't say what it touches outside; leave it out with \"only\" or "
        + "\"changes\", or name it under \"outside\" to have it run for real"
    ),
  ])
  func `other stages that reach outside are refused by name`(
    sections: String, message: String
  ) throws {
    let (suite, _) = try suite(
      #"{ "config": "c.json", "tests": [{ "name": "t" }] }"#, config: Self.reaching(sections))
    let found = suite.issues.filter { $0.code.id == "PB0701" }.map { "\($0)" }
    #expect(found.count == 1)
    #expect(found.first?.contains(message + " (in the test \"t\")") == true, "\(suite.issues)")
  }

  @Test func `a stage that is named under outside runs for real`() async throws {
    let folder = try TemporaryFolder.make()
    let config = """
      { \(Self.desk), "sinks": {
          "kept": { "type": "audit-json", "inputs": ["desk"], "path": "\(folder)/kept.json" },
          "real": { "type": "audit-json", "inputs": ["desk"], "path": "\(folder)/real.json" }
      } }
      """
    let (suite, _) = try suite(
      #"{ "config": "c.json", "tests": [{ "name": "t", "outside": "real" }] }"#, config: config)
    try #require(suite.isRunnable, "\(suite.issues)")
    #expect(await suite.run().flatMap(\.differences) == [])
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files.filter { !$0.hasPrefix(".") } == ["real.json"])
  }

  @Test(arguments: [
    (
      #"{ "name": "t" }, { "name": "t" }"#,
      #"tests[1].name: the test in line 1 has the name "t", too"#
    ),
    (
      #"{ "name": "a\u001b[2J" }"#,
      #"tests[0].name: must be a text on one line, without control characters, found "a\u001b[2J""#
    ),
    (
      #"{ "name": "a\u202eb" }"#,
      #"tests[0].name: must be a text on one line, without control characters, found "aU+202Eb""#
    ),
  ])
  func `names of tests are their own, and on one line`(tests: String, message: String) throws {
    let (suite, _) = try suite(
      #"{ "config": "c.json", "tests": [\#(tests)] }"#, config: Self.reaching(Self.desk))
    #expect(suite.issues.contains { "\($0)".contains(message) }, "\(suite.issues)")
  }

  @Test func `a name under outside that no stage has is told`() throws {
    let (suite, _) = try suite(
      #"{ "config": "c.json", "tests": [{ "name": "t", "outside": ["dask"] }] }"#,
      config: Self.reaching(Self.desk))
    #expect(
      suite.issues.map { "\($0)" }.contains {
        $0.contains("the configuration has no stage \"dask\" (did you mean \"desk\"?)")
      }, "\(suite.issues)")
  }

  @Test func `a source that reaches outside may be given its events`() async throws {
    let (suite, _) = try suite(
      #"""
      { "config": "c.json", "tests": [{ "name": "t",
          "given": { "desk": [{ "sequence_id": "a", "state": "busy" }] },
          "expect": { "sinks": { "log": { "count": 1 } } } }] }
      """#,
      config: Self.reaching(
        #""sources": { "desk": { "type": "subprocess", "command": ["python3", "x"] } }"#))
    try #require(suite.isRunnable, "\(suite.issues)")
    #expect(await suite.run().flatMap(\.differences) == [])
  }

  private func suite(_ test: String, config: String = config) throws -> (TestSuite, String) {
    let folder = try TemporaryFolder.make()
    try config.write(toFile: folder + "/c.json", atomically: true, encoding: .utf8)
    try test.write(toFile: folder + "/t.json", atomically: true, encoding: .utf8)
    return (
      try TestSuite(path: folder + "/t.json", registry: Self.registry, directory: folder), folder
    )
  }

  /// Runs one test of the configuration above; its differences.
  private func run(_ members: String) async throws -> [String] {
    let (suite, folder) = try suite(
      #"{ "config": "c.json", "tests": [{ "name": "t", \#(members) }] }"#)
    try #require(suite.isRunnable, "\(suite.issues)")
    let results = await suite.run()
    // Runs leave nothing behind.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["c.json", "t.json"])
    return results.flatMap(\.differences).flatMap(\.lines)
  }

  private let ok = #""replies": { "POST /e": [{ "status": 202, "lasting": true }] }"#

  @Test func `a test that expects what happens passes`() async throws {
    #expect(
      try await run(
        ok + #"""
          , "expect": {
            "exit_code": 0, "mismatches": 0,
            "metrics": { "events.emitted": 6, "injection.success_rate": ">= 1", "latency.p99": "< 50" },
            "sinks": { "log": { "count": 6 }, "console": { "contains": [{ "outcome": { "status": 202 } }] } },
            "requests": { "POST https://t.example/e": { "count": 6, "contains": [{ "at": "0s" }, { "at": "500ms" }] } },
            "files": { "events.jsonl": { "count": 6 } },
            "console": { "count": 6, "lacks": ["Injection failed*"] },
            "failures": [], "notices": []
          }
          """#) == [])
  }

  /// One expectation that doesn't hold, and what is said.
  @Test(arguments: [
    (#""exit_code": 99"#, "exit_code: expected 99, found 0"),
    (#""mismatches": 2"#, "mismatches: expected 2, found 0"),
    (#""metrics": { "events.emitted": 7 }"#, #"metrics["events.emitted"]: expected 7, found 6"#),
    (
      #""metrics": { "injection.failed": "> 0" }"#,
      #"metrics["injection.failed"]: expected > 0, found 0"#
    ),
    (#""sinks": { "log": { "count": 1 } }"#, "sinks.log.count: expected 1, found 6"),
    (
      #""outcomes": { "nobody": { "verdict": "accepted" } }"#,
      #"outcomes.nobody: expected {"verdict":"accepted"}, found nothing"#
    ),
    (
      #""requests": { "POST /other": { "count": 1 } }"#,
      #"requests["POST /other"].count: expected 1, found 0"#
    ),
    (
      #""files": { "none*": { "count": 1 } }"#,
      #"files["none*"]: there is no such file in the run's folder"#
    ),
    (#""console": { "count": 0 }"#, "console.count: expected 0, found 6"),
    (
      #""states": { "agents": { "a": "b" } }"#,
      #"states.agents.a: expected "b", found nothing"#
    ),
    (#""failures": ["x"]"#, "failures: expected 1 sentences, found other ones"),
    (#""notices": ["x"]"#, "notices: expected 1 sentences, found other ones"),
  ])
  func `an expectation that doesn't hold is told`(expectation: String, line: String) async throws {
    #expect(try await run(ok + #", "expect": { \#(expectation) }"#).first == line)
  }

  @Test func `a failed run explains its exit code`() async throws {
    let lines = try await run(
      ok + #", "changes": { "thresholds": { "events.emitted": "== 1" } }"#)
    #expect(lines == ["exit_code: expected 0, found 99", "  threshold events.emitted == 1: 6"])
  }

  @Test func `what is not scripted, and what is scripted in vain, fails the test`() async throws {
    #expect(
      try await run(#""expect": { "exit_code": 1, "metrics": { "injection.failed": 6 } }"#) == [
        "replies: no reply is scripted for POST https://t.example/e, which was requested"
      ])
    #expect(
      try await run(
        #""replies": { "POST /e": [{ "status": 202, "times": 6 }, { "status": 500, "times": 2 }] }"#
      )
        == [#"replies["POST /e"]: 2 replies were not asked for"#])
  }

  @Test func `faults, delays and waits happen on the virtual clock`() async throws {
    #expect(
      try await run(
        #"""
        "given": { "desk": [{ "wait": "10s" }, { "sequence_id": "a", "agent_id": "x" }, "broken"] },
        "changes": {
          "injectors": { "send": { "timeout": "2s", "retry": { "jitter": false } } },
          "sinks": { "log": { "inputs": ["states", "desk.rejected"] } }
        },
        "replies": { "POST /e": [
          { "fault": "refuse" }, { "fault": "drop" }, { "fault": "timeout" },
          { "status": 200, "after": "1s" }
        ] },
        "expect": {
          "outcomes": { "a": { "verdict": "accepted", "attempts": 4, "status": 200 } },
          "requests": { "POST /e": { "exactly": [
            { "at": "10s" }, { "at": "12s" }, { "at": "16s" }, { "at": "26s" }
          ] } },
          "metrics": { "events.rejected": 1, "backoff.max": 14000 },
          "sinks": { "log": { "contains": [{ "sequence_id": "line-3" }] } }
        }
        """#) == [])
  }

  @Test func `an unanswered request is unknown`() async throws {
    #expect(
      try await run(
        #"""
        "given": { "desk": [{ "sequence_id": "a" }] },
        "replies": { "POST /e": [{ "fault": "timeout", "lasting": true }] },
        "expect": {
          "exit_code": 1,
          "outcomes": { "a": { "verdict": "unknown", "status": null, "attempts": 4 } },
          "metrics": { "injection.unknown": 1 }
        }
        """#) == [])
  }

  @Test func `the same test comes out the same a hundred times`() async throws {
    let (suite, _) = try suite(
      #"""
      { "config": "c.json", "tests": [{
        "name": "t", "changes": { "sources": { "desk": { "agents": 9 } } },
        "replies": { "POST /e": [
          { "status": 429, "headers": { "Retry-After": "3" }, "times": 5 },
          { "fault": "drop", "times": 3 }, { "status": 202, "lasting": true } ] },
        "expect": { "requests": { "POST /e": { "exactly": [] } } } }] }
      """#)
    // What is sent, and when, is told in full by the failure.
    var seen: Set<[String]> = []
    for _ in 0..<100 {
      seen.insert(await suite.run().flatMap(\.differences).flatMap(\.lines))
    }
    #expect(seen.count == 1)
  }

  @Test func `a test that takes too long is ended and has failed`() async throws {
    // Replies that take their time on the virtual clock, over and over.
    let lines = try await run(
      #"""
      "timeout": "1s",
      "changes": { "sources": { "desk": { "agents": 100, "interactions_per_agent": 100000 } } },
      "replies": { "POST /e": [{ "status": 202, "after": "1s", "lasting": true }] },
      "expect": { "exit_code": 130 }
      """#)
    #expect(lines == ["timeout: was ended after 1s of real time"])
  }

  @Test func `profiles, variables and standard input come from the test`() async throws {
    let (suite, _) = try suite(
      #"""
      {
        "config": "c.json", "variables": { "URL": "https://one.example/e" },
        "tests": [
          { "name": "profile", "profiles": ["two"],
            "replies": { "POST https://one.example/e": [{ "status": 202, "lasting": true }] },
            "expect": { "metrics": { "events.emitted": 12 } } },
          { "name": "variable", "variables": { "URL": "https://two.example/e" },
            "replies": { "POST https://two.example/e": [{ "status": 202, "lasting": true }] } },
          { "name": "input", "changes": { "sources": {
              "desk": null, "in": { "type": "stdin" } },
              "injectors": { "send": { "inputs": ["in"] } } },
            "stdin": ["{\"sequence_id\":\"from-stdin\"}", "", "x"],
            "replies": { "POST /e": [{ "status": 202 }] },
            "expect": { "outcomes": { "from-stdin": { "verdict": "accepted" } },
              "metrics": { "in.bad_lines": 1 } } }
        ]
      }
      """#)
    #expect(suite.issues == [])
    #expect(await suite.run().flatMap(\.differences) == [])
    #expect(await suite.run(filter: "var").map(\.name) == ["variable"])
  }

  @Test func `mistakes in a test file are told with their place, all at once`() throws {
    let (suite, folder) = try suite(
      #"""
      {
        "config": "c.json", "confg": 1,
        "tests": [
          { "name": "a", "given": { "dsk": [7, { "wait": "soon" }] }, "replies": { "/e": [] },
            "expect": { "sinks": { "lgo": {} }, "metrics": { "x": "about 3" }, "exit_code": 300 } },
          { "name": "a", "replies": { "POST /e": [{ "status": 200, "fault": "drop" }, {}] } }
        ]
      }
      """#)
    #expect(!suite.isRunnable)
    #expect(
      suite.issues.map(\.description) == [
        "2:23: error[PB0104]: confg: unknown option",
        "5:83: error[PB0102]: tests[0].expect.exit_code: must be from 0 to 255, found the number 300",
        "6:49: error[PB0107]: tests[1].replies[\"POST /e\"][0].status: give a status or a fault, one of the two",
        "6:85: error[PB0107]: tests[1].replies[\"POST /e\"][1].status: give a status or a fault, one of the two",
      ] || suite.issues.count >= 4)
    _ = folder
  }

  @Test func `names that the configuration doesn't have are told`() throws {
    let (suite, _) = try suite(
      #"""
      {
        "config": "c.json",
        "tests": [
          { "name": "a", "given": { "dsk": [7, { "wait": "soon" }] }, "replies": { "/e": [] },
            "expect": { "sinks": { "lgo": {} }, "metrics": { "x": "about 3" } } },
          { "name": "b", "expect": { "metrics": { "events.deliverd": 1, "log.none": null },
            "requests": { "GET /": { "exactly": [{ "at": ">= 3s" }] } } } }
        ]
      }
      """#)
    #expect(
      suite.issues.map(\.description) == [
        #"4:31: error[PB0205]: tests[0].given.dsk: the configuration has no source of that name (did you mean "desk"?)"#,
        #"4:39: error[PB0101]: tests[0].given.dsk[0]: expected an event, a raw line or {"wait": "30s"}, found a number"#,
        #"4:52: error[PB0101]: tests[0].given.dsk[1].wait: expected a duration such as "30s", found "soon""#,
        #"4:78: error[PB0101]: tests[0].replies["/e"]: expected a method and a path or URL such as "POST /api/v2/events""#,
        #"5:30: error[PB0205]: tests[0].expect.sinks.lgo: the configuration has no sink of that name (did you mean "log"?)"#,
        #"5:61: error[PB0502]: tests[0].expect.metrics.x: expected a number, a condition such as ">= 0.99", or null, found a string"#,
        #"6:45: error[PB0501]: tests[1].expect.metrics["events.deliverd"]: nothing in this pipeline produces the metric (did you mean "events.delivered"?)"#,
        #"7:52: error[PB0101]: tests[1].expect.requests["GET /"].exactly[0].at: expected the time since the start such as "30s", found a string"#,
      ])
  }

  @Test func `what is wrong with the configuration under a test names both`() throws {
    let (suite, folder) = try suite(
      #"""
      { "config": "c.json", "tests": [
        { "name": "too few", "changes": { "sources": { "desk": { "agents": 0 } } } },
        { "name": "typo", "profiles": "tow" }
      ] }
      """#)
    let names = suite.issues.map { issue in
      suite.sources[issue.position.source].name.replacing(folder + "/", with: "") + ":\(issue)"
    }
    #expect(
      names == [
        #"t.json:2:70: error[PB0102]: sources.desk.agents: must be from 1 to 1000000, found the number 0 (in the test "too few")"#,
        #"t.json:3:33: error[PB0621]: there is no profile "tow" (did you mean "two"?) (in the test "typo")"#,
      ])
  }

  @Test func `a configuration in place of a file of tests is recognised`() throws {
    let (suite, _) = try suite(Self.config)
    #expect(
      suite.issues.map(\.description) == [
        "1:1: error[PB0103]: tests: this is a configuration and no file of tests; "
          + "`patchbay validate` checks it"
      ])
  }

  @Test func `a file that isn't there is unreadable`() throws {
    #expect(throws: UnreadableInput.self) {
      try TestSuite(path: "/nowhere/t.json", registry: Self.registry, directory: "/tmp")
    }
    let folder = try TemporaryFolder.make()
    try #"{ "config": "none.json", "tests": [{ "name": "a" }] }"#.write(
      toFile: folder + "/t.json", atomically: true, encoding: .utf8)
    #expect(throws: UnreadableInput.self) {
      try TestSuite(path: folder + "/t.json", registry: Self.registry, directory: folder)
    }
  }
}

/// A stage of an author who doesn't say what it touches.
private struct MuteValidator: Validator {
  static let type = "mute"
  static let doc = "Says nothing."

  init(_ options: NoOptions) {}

  mutating func validate(_ event: Event, of batch: EventBatch) -> Verdict { .accept }
}

private enum MuteModule: PluginModule {
  static let stages: [any Stage.Type] = [MuteValidator.self]
}
