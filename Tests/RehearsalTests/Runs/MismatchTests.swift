import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// What a scenario is told to do wrong is what the correlator finds, transition by transition.
struct MismatchTests {
  private func config(illegal: Int) -> String {
    #"""
    {
      "run": { "seed": 17, "clock": "virtual", "directory": "${FOLDER}/runs" },
      "connections": {
        "genesys": { "type": "genesys-cloud", "client_id": "sandbox", "client_secret": "sandbox" }
      },
      "sources": {
        "desk": {
          "type": "scenario", "agents": 12, "interactions_per_agent": 10, "illegal": \#(illegal)
        }
      },
      "validators": { "schema": { "type": "interaction-event", "inputs": ["desk"] } },
      "injectors": {
        "inject": { "type": "genesys-workspace", "inputs": ["schema"], "connection": "genesys" }
      },
      "correlators": {
        "states": { "type": "state-machine", "inputs": ["inject", "inject.failed"] }
      },
      "sinks": { "sent": { "type": "jsonl", "inputs": ["desk"] } },
      "thresholds": { "correlation.mismatches": "== 0" }
    }
    """#.replacing(
      #""sinks": {"#,
      with: #"""
        "sinks": {
          "console": { "type": "stdout", "inputs": ["states"] },
          "audit": { "type": "audit-json", "inputs": ["states"] },
          "judged": { "type": "jsonl", "inputs": ["states"], "file": "judged.jsonl" },
        """#)
  }

  /// A forbidden step: which event, and from which state to which.
  private struct Step: Hashable, Comparable {
    let id: String
    let from: String
    let to: String

    static func < (one: Step, other: Step) -> Bool { one.id < other.id }
  }

  /// Forbidden steps, from the events as the source sent them: each agent's own sequence against the
  /// tutorial's table, written out here.
  private func expected(_ lines: [JSONValue]) -> [Step] {
    let allowed: Set<String> = [
      "available busy", "busy connected", "busy available", "connected disconnected",
      "disconnected wrapping", "wrapping available",
    ]
    func short(_ state: String) -> String { String(state.split(separator: "/").last ?? "") }
    var last: [String: (state: String, interaction: String)] = [:]
    var steps: [Step] = []
    for line in lines {
      let agent = line["agent_id"]?.string ?? ""
      let state = line["state"]?.string ?? ""
      let interaction = line["interaction_id"]?.string ?? ""
      if let before = last[agent],
        !(before.interaction != interaction && before.state == state),
        !allowed.contains("\(short(before.state)) \(short(state))")
      {
        steps.append(Step(id: line["sequence_id"]?.string ?? "", from: before.state, to: state))
      }
      last[agent] = (state, interaction)
    }
    return steps
  }

  /// The steps that records of a form tell, in their order.
  private func told(_ records: [JSONValue], _ origin: (JSONValue) -> String?) -> [Step] {
    records.compactMap { record in
      origin(record).map {
        Step(
          id: record["sequence_id"]?.string ?? "", from: $0, to: record["state"]?.string ?? "")
      }
    }
  }

  private func lines(_ name: String, of rehearsal: Rehearsal) throws -> [JSONValue] {
    try #require(try rehearsal.file(name)).split(separator: 0x0A)
      .map { try JSONValue(parsing: Array($0)) }
  }

  @Test(arguments: [0, 3, 120])
  func `every output names exactly the events whose states were replaced`(illegal: Int)
    async throws
  {
    let rehearsal = try Rehearsal()
    let report = try await rehearsal.run(config(illegal: illegal))
    let steps = expected(try lines("events.jsonl", of: rehearsal)).sorted()
    #expect(steps.count == illegal)
    let judged = told(try lines("judged.jsonl", of: rehearsal)) {
      $0["outcome"]?["forbidden_from"]?.string
    }
    #expect(judged.sorted() == steps)
    let audit = try JSONValue(parsing: try #require(try rehearsal.file("workspace_sim_audit_")))
    #expect(told(audit.array ?? []) { $0["forbidden_from"]?.string }.sorted() == steps)
    let line = /State mismatch at event (.*): (.*) -> (.*) \(agent .*\)/
    let printed = rehearsal.console.lines.compactMap { text in
      text.wholeMatch(of: line).map {
        Step(id: String($0.1), from: String($0.2), to: String($0.3))
      }
    }
    #expect(printed.sorted() == steps)
    let states = try #require(report.stages.first { $0.name == "states" }).findings
    let named = states.events.map { Step(id: $0.sequenceID, from: $0.from ?? "", to: $0.to) }
    #expect(named.count == min(illegal, 100))
    #expect(named == Array(judged.prefix(100)))
    #expect(states.events.allSatisfy { !$0.agentID.isEmpty && !$0.timestamp.isEmpty })
  }

  @Test(arguments: [0, 1, 40, 120])
  func `mismatches by transition are those of the states that were replaced`(illegal: Int)
    async throws
  {
    let rehearsal = try Rehearsal()
    let report = try await rehearsal.run(config(illegal: illegal))
    let steps = expected(try lines("events.jsonl", of: rehearsal))
    let counts = Dictionary(grouping: steps) { "\($0.from) -> \($0.to)" }.mapValues(\.count)
    #expect(counts.values.reduce(0, +) == illegal)
    let findings = try #require(report.stages.first { $0.name == "states" }).findings
    var found: [String: Int] = [:]
    for row in findings.tables.first?.rows ?? [] { found["\(row[0]) -> \(row[1])"] = Int(row[2]) }
    #expect(found == counts)
    #expect(findings["mismatches"] == Double(illegal))
    #expect(report.exitCode == (illegal == 0 ? .success : .threshold))
  }
}
