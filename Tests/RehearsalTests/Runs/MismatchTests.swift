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
      #""sinks": {"#, with: #""sinks": { "console": { "type": "stdout", "inputs": ["states"] },"#)
  }

  /// Forbidden steps by transition, from the events as the source sent them: each agent's own
  /// sequence against the tutorial's table, written out here.
  private func expected(_ lines: [JSONValue]) -> [String: Int] {
    let allowed: Set<String> = [
      "available busy", "busy connected", "busy available", "connected disconnected",
      "disconnected wrapping", "wrapping available",
    ]
    func short(_ state: String) -> String { String(state.split(separator: "/").last ?? "") }
    var last: [String: (state: String, interaction: String)] = [:]
    var counts: [String: Int] = [:]
    for line in lines {
      let agent = line["agent_id"]?.string ?? ""
      let state = line["state"]?.string ?? ""
      let interaction = line["interaction_id"]?.string ?? ""
      if let before = last[agent],
        !(before.interaction != interaction && before.state == state),
        !allowed.contains("\(short(before.state)) \(short(state))")
      {
        counts["\(before.state) -> \(state)", default: 0] += 1
      }
      last[agent] = (state, interaction)
    }
    return counts
  }

  @Test(arguments: [0, 1, 40, 120])
  func `mismatches by transition are those of the states that were replaced`(illegal: Int)
    async throws
  {
    let rehearsal = try Rehearsal()
    let report = try await rehearsal.run(config(illegal: illegal))
    let lines = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
      .map { try JSONValue(parsing: Array($0)) }
    let counts = expected(lines)
    #expect(counts.values.reduce(0, +) == illegal)
    let findings = try #require(report.stages.first { $0.name == "states" }).findings
    var found: [String: Int] = [:]
    for row in findings.tables.first?.rows ?? [] { found["\(row[0]) -> \(row[1])"] = Int(row[2]) }
    #expect(found == counts)
    #expect(findings["mismatches"] == Double(illegal))
    #expect(report.exitCode == (illegal == 0 ? .success : .threshold))
  }
}
