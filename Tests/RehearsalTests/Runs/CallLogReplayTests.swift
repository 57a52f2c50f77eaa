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

  /// The events whose transition the tutorial's table forbids, from the events that were written, by
  /// the rules of the design and none of the product's code.
  private func mismatches(_ events: [JSONValue]) -> [JSONValue] {
    let allowed: Set<String> = [
      "available busy", "busy connected", "busy available", "connected disconnected",
      "disconnected wrapping", "wrapping available",
    ]
    var agents: [String: String] = [:]
    var calls: [String: String] = [:]
    var found: [JSONValue] = []
    for event in events {
      let state = String(event["state"]?.string?.split(separator: "/").last ?? "")
      let agent = event["agent_id"]?.string ?? ""
      let call = event["interaction_id"]?.string ?? ""
      let isStart = calls[call] == nil && agents[agent] == state
      let steps = [agents[agent], calls[call]].compactMap { $0 }.map { "\($0) \(state)" }
      if !isStart, steps.contains(where: { !allowed.contains($0) }) { found.append(event) }
      agents[agent] = state
      calls[call] = state == "available" ? nil : state
    }
    return found
  }

  @Test(arguments: ["january", "august"])
  func `a whole month arrives, and its facts are found`(month: String) async throws {
    let data = try #require(RealCallLog.folder)
    let facts = try JSONValue(
      parsing: Array(try #require(FileManager.default.contents(atPath: data + "/facts.json"))))
    let expected = try #require(facts[month])
    var rehearsal = try Rehearsal()
    let log = "\(data)/\(expected["file"]?.string ?? "")"
    rehearsal.variables["LOG"] = log
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
    let forbidden = mismatches(events)
    #expect(
      MetricCatalog.value(of: "correlation.mismatches", in: report).map { Int($0) }
        == forbidden.count)
    #expect(events.filter { $0["outcome"]?["found"] == ["mismatches"] } == forbidden)
    #expect(events.filter { $0["outcome"]?["found"] != nil } == forbidden)
    if month == "january" { #expect(forbidden.count == 384) }
    let rows = try #require(FileManager.default.contents(atPath: log)).split(
      separator: 0x0A, omittingEmptySubsequences: false)
    for event in forbidden {
      #expect(event["outcome"]?["input"] == .string(log))
      let line = try #require(event["outcome"]?["line"]?.integer)
      #expect(rows[line - 1].hasTime(of: event), "\(event)")
    }
    let named = report.stages.flatMap(\.findings.events).filter { $0.kind == "mismatches" }
    #expect(named.map { .string($0.sequenceID) } == forbidden.prefix(100).map { $0["sequence_id"] })
    #expect(
      named.map { $0.place?.line } == forbidden.prefix(100).map { $0["outcome"]?["line"]?.integer })
  }
}

extension Data {
  /// Whether a row of the log, as the file has it, is of an event's day and has its time in a column.
  fileprivate func hasTime(of event: JSONValue) -> Bool {
    guard let stamp = event["timestamp"]?.string else { return false }
    let columns = split(separator: 0x09).map { String(decoding: $0, as: UTF8.self) }
    let day = stamp.prefix(10).dropFirst(2).replacing("-", with: "")
    let time = stamp.dropFirst(11).prefix(8)
    let short = time.hasPrefix("0") ? time.dropFirst() : time
    return columns.contains(String(day))
      && columns.contains { $0 == String(time) || $0 == String(short) }
  }
}
