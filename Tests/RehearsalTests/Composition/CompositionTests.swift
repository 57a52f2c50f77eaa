import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import Testing

/// Configurations put together from files, templates, profiles and the command line.
struct CompositionTests {
  /// Plans a configuration whose includes come from a dictionary.
  private func plan(
    _ files: [String: String], _ name: String = "main.json",
    variables: [String: String] = [:], _ change: (inout ConfigurationOverrides) -> Void = { _ in }
  ) -> PlanResult {
    var overrides = ConfigurationOverrides()
    change(&overrides)
    let planner = Planner(registry: Rehearsal.registry, variables: variables) { path in
      guard let text = files[path] else {
        throw UnreadableInput("can't read \(path): No such file or directory")
      }
      return Array(text.utf8)
    }
    return planner.plan(Array((files[name] ?? "").utf8), named: name, overrides: overrides)
  }

  private func issues(_ result: PlanResult) -> [String] {
    result.issues.map { result.rendered($0) }
  }

  private let simple = #"""
    {
      "sources": { "desk": { "type": "scenario", "agents": 2 } },
      "sinks": { "console": { "type": "stdout", "inputs": ["desk"] } },
      "profiles": {
        "big": { "sources": { "desk": { "agents": 50 } } },
        "huge": { "sources": { "desk": { "agents": 500, "dwell": "1s" } } },
        "silent": { "sinks": { "console": null, "file": { "type": "jsonl", "inputs": ["desk"] } } },
        "wrong": { "sources": { "desk": { "agents": 0 } }, "sinks": { "consol": null } }
      }
    }
    """#

  // MARK: Include

  @Test func `included files come first, in order, and the file itself wins`() throws {
    let result = plan([
      "main.json": #"""
      { "include": ["parts/a.json", "parts/b.json"],
        "sinks": { "console": { "format": "json" } } }
      """#,
      "parts/a.json": #"""
      { "name": "a", "include": "deep/source.json",
        "sinks": { "console": { "type": "stdout", "inputs": ["desk"], "format": "text" } } }
      """#,
      "parts/b.json": #"{ "name": "b" }"#,
      "parts/deep/source.json": #"{ "sources": { "desk": { "type": "scenario" } } }"#,
    ])
    let plan = try #require(result.plan)
    #expect(plan.name == "b")
    #expect(plan.stage("console")?.options["format"] == "json")
    #expect(
      result.sources.map(\.name) == [
        "main.json", "parts/a.json", "parts/deep/source.json", "parts/b.json",
      ])
  }

  @Test func `an issue names the file and line where the value was written`() {
    let result = plan(
      [
        "conf/main.json": #"""
        { "include": "../shared/desk.json",
          "sinks": { "console": { "type": "stdout", "inputs": ["dsk"] } } }
        """#,
        "shared/desk.json":
          "{\n  \"sources\": { \"desk\": { \"type\": \"scenario\", \"agents\": 0 } }\n}",
      ], "conf/main.json")
    #expect(
      issues(result) == [
        #"conf/main.json:2:56: error[PB0205]: sinks.console.inputs[0]: there is no stage "dsk" (did you mean "desk"?)"#,
        "shared/desk.json:2:56: error[PB0102]: sources.desk.agents: must be from 1 to 1000000, "
          + "found the number 0",
      ])
  }

  @Test func `files that include each other are refused with the way round`() {
    let result = plan([
      "main.json": #"{ "include": "a.json" }"#, "a.json": #"{ "include": "./b.json" }"#,
      "b.json": #"{ "include": ["x/../a.json"] }"#,
    ])
    #expect(
      issues(result).contains(
        "b.json:1:15: error[PB0602]: include[0]: files include each other in a circle: "
          + "a.json -> b.json -> a.json"))
  }

  @Test func `a file that can't be read, or isn't JSON, is named`() {
    let result = plan([
      "main.json": #"{ "include": ["none.json", "bad.json", 7, ""] }"#, "bad.json": "{\n,",
    ])
    #expect(
      issues(result).prefix(4) == [
        "main.json:1:15: error[PB0601]: include[0]: can't read none.json: No such file or directory",
        "main.json:1:40: error[PB0101]: include[2]: expected a file's path, found a number",
        "main.json:1:43: error[PB0101]: include[3]: expected a file's path, found an empty one",
        "bad.json:2:1: error[PB0001]: expected a name in quotes, found \",\"",
      ] || issues(result).count >= 4)
    #expect(issues(result).contains { $0.hasPrefix("bad.json:2:1: error[PB0001]") })
  }

  @Test func `a path may come from the environment, and is then not shown`() throws {
    let files = [
      "main.json": #"""
      { "include": "${WHICH}.json",
        "sinks": { "console": { "type": "stdout", "inputs": ["desk"] } } }
      """#,
      "desk.json": #"{ "sources": { "desk": { "type": "scenario" } } }"#,
    ]
    #expect(plan(files, variables: ["WHICH": "desk"]).plan != nil)
    let refused = plan(files, variables: ["WHICH": "hunter2"])
    #expect(!issues(refused).joined().contains("hunter2"))
    #expect(refused.issues.contains { $0.code.id == "PB0601" })
  }

  @Test func `nulls in profiles and templates wait through an include`() throws {
    let files = [
      "main.json": #"""
      {
        "include": "base.json",
        "templates": { "quiet": { "dwell": null } },
        "sources": { "desk": { "type": "scenario", "template": ["slow", "quiet"] } },
        "profiles": { "ci": { "name": null, "sinks": { "console": null } } }
      }
      """#,
      "base.json": #"""
      {
        "name": "base",
        "templates": { "slow": { "dwell": "9s", "agents": 2 } },
        "sinks": {
          "console": { "type": "stdout", "inputs": ["desk"] },
          "file": { "type": "jsonl", "inputs": ["desk"] }
        },
        "profiles": { "ci": { "name": "ci", "run": { "seed": 3 } } }
      }
      """#,
    ]
    let result = plan(files) { $0.profiles = ["ci"] }
    #expect(issues(result) == [])
    let plan = try #require(result.plan)
    #expect(plan.name == "pipeline")
    #expect(plan.options.seed == 3)
    #expect(plan.stages.map(\.name) == ["desk", "file"])
    #expect(plan.stage("desk")?.options["dwell"] == "100ms")
    #expect(plan.stage("desk")?.options["agents"] == 2)
  }

  @Test func `a file that is included over and over is read once`() {
    // Each file lists the next one twice: read anew each time, that would be 2^30 readings.
    var files = ["f30.json": #"{ "x": 1 }"#]
    for index in 0..<30 {
      files["f\(index).json"] =
        #"{ "include": ["f\#(index + 1).json", "./f\#(index + 1).json"] }"#
    }
    let result = plan(files, "f0.json")
    #expect(result.sources.count == 31)
    #expect(issues(result).contains("f30.json:1:3: error[PB0104]: x: unknown section"))
  }

  // MARK: Profiles and settings

  @Test func `profiles are merged in the order they are chosen`() throws {
    let one = plan(["main.json": simple]) { $0.profiles = ["huge", "big"] }
    #expect(one.plan?.stage("desk")?.options["agents"] == 50)
    #expect(one.plan?.stage("desk")?.options["dwell"] == "1s")
    let other = plan(["main.json": simple]) { $0.profiles = ["silent"] }
    #expect(other.plan?.stages.map(\.name) == ["desk", "file"])
  }

  @Test func `a null that removes nothing and an unknown profile are errors`() {
    let wrong = plan(["main.json": simple]) { $0.profiles = ["wrong"] }
    #expect(
      issues(wrong) == [
        #"main.json:8:49: error[PB0102]: sources.desk.agents: must be from 1 to 1000000, found the number 0"#,
        #"main.json:8:67: error[PB0622]: sinks.consol: null removes a member, and there is none of this name (did you mean "console"?)"#,
      ])
    let unknown = plan(["main.json": simple]) { $0.profiles = ["bgi"] }
    #expect(
      issues(unknown) == [
        #"--profile:1:1: error[PB0621]: there is no profile "bgi" (did you mean "big"?)"#
      ])
  }

  @Test func `all profiles are checked together, and each once`() {
    let planner = Planner(registry: Rehearsal.registry, variables: [:])
    let result = planner.planWithProfiles(Array(simple.utf8))
    #expect(result.plan == nil)
    #expect(result.issues.count == 2)
    #expect(result.issues.allSatisfy { $0.message.hasSuffix("(with the profile \"wrong\")") })
  }

  @Test func `settings take numbers, texts, null and quoted names`() throws {
    let result = plan(["main.json": simple]) {
      $0.profiles = ["big"]
      $0.settings = [
        "sources.desk.agents=7", "sources.desk.dwell=2s", "name=\"1\"",
        "thresholds.events.emitted=>= 1", #"sinks["console"].format=json"#, "run.clock=virtual",
        #"thresholds["events.failed"]=== 0"#,
      ]
    }
    let plan = try #require(result.plan)
    #expect(plan.stage("desk")?.options["agents"] == 7)
    #expect(plan.stage("desk")?.options["dwell"] == "2s")
    #expect(plan.stage("console")?.options["format"] == "json")
    #expect(plan.name == "1")
    #expect(plan.thresholds.map(\.metric) == ["events.emitted", "events.failed"])
  }

  @Test(arguments: [
    "", "=", "a", "a.=1", ".a=1", "a..b=1", "a[0]=1", "a[\"b=1", "a b=1", "a[\"b\"]c=1",
  ])
  func `a malformed setting is refused without its value`(setting: String) {
    let result = plan(["main.json": simple]) { $0.settings = [setting] }
    #expect(result.plan == nil)
    #expect(result.issues.map(\.code.id) == ["PB0631"])
  }

  @Test func `a wrong setting points into the setting`() {
    let result = plan(["main.json": simple]) { $0.settings = ["sources.desk.agents=many"] }
    #expect(
      issues(result) == [
        #"--set sources.desk.agents:1:21: error[PB0101]: sources.desk.agents: expected an integer, found "many""#
      ])
  }

  // MARK: Templates

  @Test func `templates give options, later ones win, the stage wins over all`() throws {
    let result = plan([
      "main.json": #"""
      {
        "templates": {
          "slow": { "dwell": "9s", "agents": 3, "interactions_per_agent": 2 },
          "small": { "agents": 1 }
        },
        "sources": {
          "desk": { "template": ["slow", "small"], "type": "scenario", "dwell": "1s" },
          "other": { "template": "slow", "type": "scenario", "agents": null }
        },
        "sinks": { "console": { "type": "stdout", "inputs": ["desk", "other"] } }
      }
      """#
    ])
    let plan = try #require(result.plan)
    #expect(issues(result) == [])
    #expect(plan.stage("desk")?.options["agents"] == 1)
    #expect(plan.stage("desk")?.options["dwell"] == "1s")
    #expect(plan.stage("desk")?.options["interactions_per_agent"] == 2)
    #expect(plan.stage("other")?.options["agents"] == 5)
    #expect(plan.stage("other")?.options["dwell"] == "9s")
  }

  @Test func `what is wrong in a template is told once, where it stands`() {
    let result = plan([
      "main.json": #"""
      {
        "templates": { "t": { "agents": 0 }, "u": { "template": "t" }, "spare": {} },
        "sources": {
          "a": { "type": "scenario", "template": "t" },
          "b": { "type": "scenario", "template": ["t", "tt", 7] }
        },
        "sinks": { "console": { "type": "stdout", "inputs": ["a", "b"] } }
      }
      """#
    ])
    #expect(
      issues(result) == [
        "main.json:2:35: error[PB0102]: sources.a.agents: must be from 1 to 1000000, found the number 0",
        "main.json:2:47: error[PB0612]: templates.u.template: a template can't use a template; list both where they are used",
        #"main.json:5:50: error[PB0611]: sources.b.template[1]: there is no template "tt""#,
        "main.json:5:56: error[PB0101]: sources.b.template[2]: expected a template's name, found a number",
      ])
  }

  // MARK: Only

  @Test func `a selection keeps the ways through a stage`() throws {
    let files = [
      "main.json": #"""
      {
        "sources": { "a": { "type": "scenario" }, "b": { "type": "scenario" } },
        "validators": { "v": { "type": "interaction-event", "inputs": ["a", "b"] } },
        "correlators": { "c": { "type": "state-machine", "inputs": ["v"] } },
        "sinks": {
          "one": { "type": "stdout", "inputs": ["c"] },
          "two": { "type": "jsonl", "inputs": ["v.rejected", "c"] },
          "three": { "type": "audit-json", "inputs": ["b"] }
        },
        "thresholds": { "c.mismatches": "== 0", "events.emitted": "> 0" }
      }
      """#
    ]
    let through = plan(files) { $0.only = ["one"] }
    #expect(through.plan?.stages.map(\.name) == ["a", "b", "v", "c", "one"])
    let third = plan(files) { $0.only = ["three"] }
    #expect(third.plan?.stages.map(\.name) == ["b", "three"])
    #expect(third.plan?.thresholds.map(\.metric) == ["events.emitted"])
    #expect(
      issues(third) == [
        #"main.json:10:19: warning[PB0642]: thresholds["c.mismatches"]: is not checked: --only leaves out what produces the metric"#
      ])
    #expect(plan(files) { $0.only = ["c"] }.plan?.stage("two")?.inputs.count == 2)
  }

  @Test func `a selection keeps where a main output leads`() {
    let files = [
      "main.json": #"""
      {
        "sources": { "desk": { "type": "scenario" } },
        "validators": { "schema": { "type": "interaction-event", "inputs": ["desk"] } },
        "sinks": {
          "console": { "type": "stdout", "inputs": ["schema"] },
          "rejects": { "type": "jsonl", "inputs": ["schema.rejected"] },
          "raw": { "type": "jsonl", "inputs": ["desk"], "file": "raw.jsonl" }
        }
      }
      """#
    ]
    let result = plan(files) { $0.only = ["rejects"] }
    #expect(issues(result) == [])
    #expect(result.plan?.stages.map(\.name) == ["desk", "schema", "console", "rejects"])
  }
}

/// What is legal and suspicious.
struct SuspicionTests {
  @Test func `a template that nothing uses is a warning`() {
    let config = #"""
      {
        "templates": { "spare": { "agents": 3 } },
        "sources": { "desk": { "type": "scenario" } },
        "sinks": { "console": { "type": "stdout", "inputs": ["desk"] } }
      }
      """#
    #expect(
      issues(config) == ["2:18: warning[PB0613]: templates.spare: nothing uses this template"])
  }

  private func issues(_ config: String) -> [String] {
    Planner(registry: Rehearsal.registry, variables: [:]).plan(Array(config.utf8)).issues
      .map(\.description)
  }

  @Test func `a port that nothing takes is a warning, if events may leave there`() {
    let config = #"""
      {
        "sources": { "desk": { "type": "scenario" }, "file": { "type": "jsonl", "path": "x" } },
        "validators": { "schema": { "type": "interaction-event", "inputs": ["desk", "file"] } },
        "sinks": { "console": { "type": "stdout", "inputs": ["schema"] } }
      }
      """#
    #expect(
      issues(config) == [
        "2:48: warning[PB0212]: sources.file: nothing takes file.rejected: no record is kept of what leaves there",
        "3:19: warning[PB0212]: validators.schema: nothing takes schema.rejected: no record is kept of what leaves there",
      ])
  }

  @Test func `requests to another machine need a record of both outcomes`() {
    func config(_ sink: String, url: String = "https://qa.example.com/e") -> String {
      #"""
      { "sources": { "desk": { "type": "scenario" } },
        "injectors": { "send": { "type": "http", "inputs": ["desk"], "url": "\#(url)" } },
        "sinks": { \#(sink), "console": { "type": "stdout", "inputs": ["send", "send.failed"] } } }
      """#
    }
    let unrecorded =
      "2:18: warning[PB0213]: injectors.send: sends to another machine, and no sink keeps a record "
      + "of both what was accepted and what failed; add one that does, such as audit-log"
    #expect(issues(config(#""a": { "type": "audit-json", "inputs": ["send"] }"#)) == [unrecorded])
    #expect(
      issues(config(#""a": { "type": "audit-json", "inputs": ["send", "send.failed"] }"#)) == [])
    #expect(
      issues(
        config(#""a": { "type": "stdout", "inputs": ["send"] }"#, url: "http://127.0.0.1:1/e"))
        == [])
  }

  @Test func `a secret in the file is a warning, one from the environment isn't`() {
    func config(_ headers: String) -> String {
      #"""
      { "sources": { "desk": { "type": "scenario" } },
        "injectors": { "send": { "type": "http", "inputs": ["desk"],
          "url": "http://127.0.0.1:1/e", "headers": \#(headers) } },
        "sinks": { "console": { "type": "stdout", "inputs": ["send", "send.failed"] } } }
      """#
    }
    #expect(
      issues(config(#"{ "Authorization": "Bearer hunter2", "X-Run": "nightly" }"#)) == [
        "3:66: warning[PB0111]: injectors.send.headers.Authorization: a secret is written out; "
          + "take it from a variable such as ${SECRET}"
      ])
    #expect(issues(config(#"{ "Authorization": "Bearer ${TOKEN:-x}" }"#)) == [])
  }
}
