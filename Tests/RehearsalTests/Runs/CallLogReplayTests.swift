import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// The real call log, where it is at hand.
enum RealCallLog {
  static let folder: String? = {
    guard let data = ProcessInfo.processInfo.environment["PATCHBAY_DATA"] else { return nil }
    let path = data + "/anonymous-bank-1999"
    return FileManager.default.fileExists(atPath: path + "/facts.json") ? path : nil
  }()
}

/// The real call log, month by month, through the whole pipeline.
@Suite(
  .enabled(
    if: RealCallLog.folder != nil,
    "PATCHBAY_DATA is not set or has no anonymous-bank-1999: the real call log is not replayed"))
struct CallLogReplayTests {
  private static let config = #"""
    {
      "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
      "connections": {
        "genesys": { "type": "genesys-cloud", "client_id": "sandbox", "client_secret": "sandbox" }
      },
      "sources": { "calls": { "type": "call-log", "path": "${LOG}" } },
      "validators": { "schema": { "type": "interaction-event", "inputs": ["calls"] } },
      "injectors": {
        "inject": {
          "type": "genesys-workspace", "inputs": ["schema"], "connection": "genesys",
          "events_per_request": 50
        }
      },
      "correlators": {
        "states": { "type": "state-machine", "inputs": ["inject", "inject.failed"] }
      },
      "sinks": { "events": { "type": "jsonl", "inputs": ["states"] } }
    }
    """#

  /// Counts transitions that the tutorial's table forbids, from the events that were written, by
  /// the rules of the design and none of the product's code.
  private func mismatches(_ events: [JSONValue]) -> Int {
    let allowed: Set<String> = [
      "available busy", "busy connected", "busy available", "connected disconnected",
      "disconnected wrapping", "wrapping available",
    ]
    var agents: [String: String] = [:]
    var calls: [String: String] = [:]
    var count = 0
    for event in events {
      let state = String(event["state"]?.string?.split(separator: "/").last ?? "")
      let agent = event["agent_id"]?.string ?? ""
      let call = event["interaction_id"]?.string ?? ""
      let isStart = calls[call] == nil && agents[agent] == state
      let steps = [agents[agent], calls[call]].compactMap { $0 }.map { "\($0) \(state)" }
      if !isStart, steps.contains(where: { !allowed.contains($0) }) { count += 1 }
      agents[agent] = state
      calls[call] = state == "available" ? nil : state
    }
    return count
  }

  @Test(arguments: ["january", "august"])
  func `a whole month arrives, and its facts are found`(month: String) async throws {
    let data = try #require(RealCallLog.folder)
    let facts = try JSONValue(
      parsing: Array(try #require(FileManager.default.contents(atPath: data + "/facts.json"))))
    let expected = try #require(facts[month])
    var rehearsal = try Rehearsal()
    rehearsal.variables["LOG"] = "\(data)/\(expected["file"]?.string ?? "")"
    let report = try await rehearsal.run(Self.config)
    let found = report.stages[0].findings
    #expect(found["rows"] == expected["data_lines"]?.number)
    #expect(found["bad_rows"] == 0)
    #expect(found["agents"] == expected["agents"]?.number)
    #expect(found["agent_days"] == expected["agent_days"]?.number)
    #expect(found["services"] == expected["services_with_start"]?.number)
    #expect(
      found["starts_while_in_service"]
        == expected["service_starts_while_agent_already_in_service"]?.number)
    let services = try #require(expected["services_with_start"]?.integer)
    #expect(report.events.emitted == 5 * services)
    #expect(report.events.delivered == 5 * services)
    #expect(report.injection?.accepted == 5 * services)
    let events = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
      .map { try JSONValue(parsing: Array($0)) }
    #expect(
      MetricCatalog.value(of: "correlation.mismatches", in: report).map { Int($0) }
        == mismatches(events))
  }
}
