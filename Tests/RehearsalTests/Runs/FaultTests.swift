import GenesysSandbox
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// Under refusals and dropped connections the report and the target agree about every event.
struct FaultTests {
  private static let config = #"""
    {
      "run": { "seed": 5, "clock": "virtual", "directory": "${FOLDER}/runs" },
      "connections": {
        "genesys": {
          "type": "genesys-cloud", "region": "${SANDBOX}", "client_id": "sandbox",
          "client_secret": "sandbox"
        }
      },
      "sources": {
        "desk": { "type": "scenario", "agents": 50, "interactions_per_agent": 7, "dwell": "1s" }
      },
      "validators": { "schema": { "type": "interaction-event", "inputs": ["desk"] } },
      "injectors": {
        "inject": {
          "type": "genesys-workspace", "inputs": ["schema"], "connection": "genesys",
          "events_per_request": 1
        }
      },
      "correlators": {
        "states": { "type": "state-machine", "inputs": ["inject", "inject.failed"] }
      },
      "sinks": { "events": { "type": "jsonl", "inputs": ["states"] } }
    }
    """#

  /// An event's outcome as the pipeline wrote it down.
  private struct Line {
    let id: String
    let verdict: String
    let status: Int
    let attempts: Int

    init(_ value: JSONValue) {
      id = value["sequence_id"]?.string ?? ""
      verdict = value["outcome"]?["verdict"]?.string ?? ""
      status = value["outcome"]?["status"]?.integer ?? 0
      attempts = value["outcome"]?["attempts"]?.integer ?? 0
    }
  }

  @Test func `effects are the accepted events and the unknown ones that landed, each once`()
    async throws
  {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 1_767_225_600_000_000_000))
    let faults: JSONValue = [
      "faults": ["rate_limited": 0.3, "unavailable": 0.05, "dropped": 0.05]
    ]
    try await Rehearsal.withSandbox(faults, clock: clock) { url in
      var rehearsal = try Rehearsal()
      rehearsal.variables["SANDBOX"] = url
      let report = try await rehearsal.run(Self.config, clock: clock)
      let state = try await Rehearsal.get(url + GenesysSandbox.statePath + "?events=true")
      let lines = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
        .map { Line(try JSONValue(parsing: Array($0))) }
      #expect(lines.count == 2_100)
      #expect(report.events.isBalanced)

      var effects: [String: Int] = [:]
      for event in state["events"]?.object ?? [] {
        effects[event.name] = event.value["effects"]?.integer ?? 0
      }
      #expect(effects.values.allSatisfy { $0 <= 1 })
      var landed = 0
      for line in lines {
        switch line.verdict {
        case "accepted": #expect(effects[line.id] == 1)
        case "failed":
          // Four refusals and no drop.
          #expect(line.attempts == 4)
          #expect(line.status == 429 || line.status == 503)
          #expect(effects[line.id] ?? 0 == 0)
        case "unknown": landed += effects[line.id] ?? 0
        default: Issue.record("\(line.id) has the verdict \(line.verdict)")
        }
      }
      let injection = try #require(report.injection)
      #expect(injection.accepted == lines.count { $0.verdict == "accepted" })
      #expect(injection.failed == lines.count { $0.verdict == "failed" })
      #expect(injection.unknown == lines.count { $0.verdict == "unknown" })
      #expect(injection.failed > 0 && injection.unknown > 0)
      #expect(effects.values.reduce(0, +) == injection.accepted + landed)
      // A drop lands, so every unknown event did.
      #expect(landed == injection.unknown)
      // Waits are told apart from the wire: on this clock they are whole seconds of nothing.
      #expect(injection.rateLimit.maximum >= 1_000_000_000)
      #expect(injection.backoff.maximum >= 100_000_000)
      #expect(injection.wire.maximum < injection.rateLimit.maximum + injection.backoff.maximum)
    }
  }

  @Test func `a refused batch fails the events it names and sends the others again`() async throws {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 1_767_225_600_000_000_000))
    try await Rehearsal.withSandbox([:], clock: clock) { url in
      var rehearsal = try Rehearsal()
      rehearsal.variables["SANDBOX"] = url
      let good = (0..<4).map { number in
        #"{"sequence_id":"ok-\#(number)","timestamp":"2026-01-31T09:30:00Z","#
          + #""interaction_id":"00000000-0000-4000-8000-00000000000\#(number)","#
          + #""agent_id":"00000000-0000-4000-8000-00000000001\#(number)","#
          + #""state":"routing/agent/busy","event_type":"routing/agent/state"}"#
      }
      let bad = good[3].replacing("ok-3", with: "bad").replacing("/busy", with: "/asleep")
      rehearsal.input = ScriptedInput([
        Array((good[..<2] + [bad] + good[2...]).joined(separator: "\n").utf8)
      ])
      let config = Self.config
        .replacing(
          #""type": "scenario", "agents": 50, "interactions_per_agent": 7, "dwell": "1s""#,
          with: #""type": "stdin""#
        )
        .replacing(
          #""validators": { "schema": { "type": "interaction-event", "inputs": ["desk"] } },"#,
          with: ""
        )
        .replacing(#""inputs": ["schema"]"#, with: #""inputs": ["desk"]"#)
        .replacing(#""events_per_request": 1"#, with: #""events_per_request": 10"#)
      let report = try await rehearsal.run(config, clock: clock)
      #expect(report.injection?.accepted == 4)
      #expect(report.injection?.failed == 1)
      let lines = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
        .map { try JSONValue(parsing: Array($0)) }
      let refused = try #require(lines.first { $0["sequence_id"]?.string == "bad" })
      #expect(refused["outcome"]?["code"]?.string == "http.400")
      let state = try await Rehearsal.get(url + GenesysSandbox.statePath)
      #expect(state["effects"]?.integer == 4)
    }
  }
}
