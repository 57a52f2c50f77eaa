import Foundation
import GenesysSandbox
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Ten thousand events by the platform's own API while one request in ten goes wrong.
struct PlatformFaultTests {
  private static let config = #"""
    {
      "run": { "seed": 11, "clock": "virtual", "directory": "${FOLDER}/runs" },
      "connections": {
        "genesys": {
          "type": "genesys-cloud", "region": "${SANDBOX}", "client_id": "sandbox",
          "client_secret": "sandbox"
        }
      },
      "sources": {
        "desk": {
          "type": "scenario", "machine": "genesys-cloud", "agents": 200,
          "interactions_per_agent": 12, "dwell": "1s"
        }
      },
      "injectors": {
        "inject": {
          "type": "genesys-events", "inputs": ["desk"], "connection": "genesys",
          "events_per_request": EVENTS, "retry": { "attempts": 2 }
        }
      },
      "correlators": {
        "states": {
          "type": "state-machine", "inputs": ["inject", "inject.failed"], "machine": "genesys-cloud"
        }
      },
      "sinks": { "events": { "type": "jsonl", "inputs": ["states"] } }
    }
    """#

  /// Eight kinds, a tenth of all requests together.
  private static let faults: JSONValue = [
    "rate_limit": "off", "journal": 100_000,
    "faults": [
      "rate_limited": 0.0125, "server_error": 0.0125, "unavailable": 0.0125,
      "gateway_timeout": 0.0125, "dropped_before": 0.0125, "dropped": 0.0125,
      "malformed": 0.0125, "slow": 0.0125, "slow_body": "5ms",
    ],
  ]

  /// What one run left behind.
  private struct Result {
    var emitted: Int
    var verdicts: [String: String]
    var lines: Int
    var metrics: [String: Double]
    var effects: Int
    var journal: [JSONValue]
  }

  private func run(eventsPerRequest: Int) async throws -> Result {
    let clock = VirtualClock(start: Timestamp(nanoseconds: 1_767_225_600_000_000_000))
    return try await Rehearsal.withSandbox(Self.faults, clock: clock) { url in
      var rehearsal = try Rehearsal()
      rehearsal.variables["SANDBOX"] = url
      let config = Self.config.replacing("EVENTS", with: String(eventsPerRequest))
      let report = try await rehearsal.run(config, clock: clock)
      #expect(report.events.isBalanced)
      let lines = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
        .map { try JSONValue(parsing: Array($0)) }
      var verdicts: [String: String] = [:]
      for line in lines {
        let outcome = line["outcome"]
        verdicts[line["sequence_id"]?.string ?? ""] =
          "\(outcome?["verdict"]?.string ?? "") \(outcome?["attempts"]?.integer ?? -1)"
      }
      let state = try await Rehearsal.get(url + GenesysSandbox.statePath)
      let journal = try await Rehearsal.get(url + "/sandbox/journal?limit=100000")
      var metrics: [String: Double] = [:]
      for stage in report.stages where stage.name == "inject" {
        for name in ["platform_events", "platform_events_refused", "platform_events_unknown"] {
          metrics[name] = stage.findings[name]
        }
      }
      return Result(
        emitted: report.events.emitted, verdicts: verdicts, lines: lines.count, metrics: metrics,
        effects: state["effects"]?.integer ?? -1,
        journal: journal["entries"]?.array ?? [])
    }
  }

  /// What the target says of each platform event: how often it took effect, and whether the client
  /// was told.
  private func effects(_ journal: [JSONValue]) -> [String: (effects: Int, wasTold: Bool)] {
    var effects: [String: (effects: Int, wasTold: Bool)] = [:]
    for entry in journal {
      let fault = entry["fault"]?.string
      let wasTold = entry["status"]?.integer == 200 && (fault == nil || fault == "slow")
      for event in entry["events"]?.array ?? [] {
        let id = event["eventId"]?.string ?? ""
        let result = event["result"]?.string
        if result == "accepted" { effects[id, default: (0, false)].effects += 1 }
        if wasTold, result == "accepted" || result == "duplicate" {
          effects[id, default: (0, false)].wasTold = true
        }
      }
    }
    return effects
  }

  private func check(_ result: Result) throws {
    #expect(result.emitted >= 10_000)
    #expect(result.lines == result.emitted)
    #expect(result.verdicts.count == result.emitted)
    let kinds = Set(result.verdicts.values.map { String($0.prefix { $0 != " " }) })
    #expect(kinds == ["accepted", "failed", "unknown"])

    let effects = effects(result.journal)
    #expect(effects.values.allSatisfy { $0.effects == 1 })
    let told = effects.values.count { $0.wasTold }
    let landedUntold = effects.count - told
    #expect(result.effects == told + landedUntold)
    #expect(result.metrics["platform_events"] == Double(told))
    #expect(result.metrics["platform_events_unknown"] ?? 0 >= Double(landedUntold))
    #expect(landedUntold > 0)

    // Nothing overtakes within an interaction or an agent: a communication's life goes forward.
    var ranks: [String: Int] = [:]
    let order = [
      "established": 0, "answered": 1, "held": 1, "retrieved": 1, "ended": 2, "terminated": 3,
      "wrappedUp": 4,
    ]
    for entry in result.journal {
      for effect in entry["effects"]?.array ?? [] {
        guard let id = effect["communicationId"]?.string,
          let rank = order[effect["type"]?.string ?? ""]
        else { continue }
        #expect(rank >= ranks[id] ?? 0)
        ranks[id] = rank
      }
    }
  }

  @Test func `every event has one outcome, and the target agrees; twice the same`() async throws {
    let first = try await run(eventsPerRequest: 1)
    try check(first)
    let second = try await run(eventsPerRequest: 1)
    #expect(first.verdicts == second.verdicts)
    #expect(first.metrics == second.metrics)
    #expect(first.effects == second.effects)
  }

  @Test func `in batches too, every event has one outcome`() async throws {
    try check(try await run(eventsPerRequest: 100))
  }
}
