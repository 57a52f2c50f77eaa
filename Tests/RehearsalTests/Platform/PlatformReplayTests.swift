import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import Testing

/// The real call log as events of the platform's own API: what is read back is what the log says.
@Suite(
  .enabled(
    if: RealCallLog.folder != nil,
    "PATCHBAY_DATA is not set or has no anonymous-bank-1999: the real call log is not replayed"))
struct PlatformReplayTests {
  private static let instants = [3, 10, 13, 20, 27].map { day in
    "1999-01-\(day < 10 ? "0" : "")\(day)T10:00:00Z"
  }

  private static let config = #"""
    {
      "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
      "connections": {
        "sandbox": { "type": "genesys-sandbox", "rate_limit": "off", "journal": 0 },
        "genesys": { "type": "genesys-cloud", "client_id": "sandbox", "client_secret": "sandbox" }
      },
      "sources": {
        "calls": { "type": "call-log", "path": "${LOG}", "machine": "genesys-cloud" },
        "probe": {
          "type": "status-probe", "connection": "genesys", "origin": "${ORIGIN}",
          "instants": ["INSTANTS"]
        }
      },
      "injectors": {
        "inject": {
          "type": "genesys-events", "inputs": ["calls"], "connection": "genesys",
          "after_call_work": false
        }
      },
      "correlators": {
        "states": {
          "type": "state-machine", "inputs": ["inject", "inject.failed"], "machine": "genesys-cloud"
        }
      },
      "sinks": {
        "events": { "type": "jsonl", "inputs": ["states"] },
        "readings": { "type": "jsonl", "inputs": ["probe"], "file": "readings.jsonl" }
      }
    }
    """#

  /// A service as the log has it, read by none of the product's code.
  private struct Service {
    var line: Int
    var agent: String
    var date: String
    var start: String
    var exit: String

    /// Whether the agent is in it at ten o'clock of its day; times are compared as texts of one
    /// length.
    var isGoingOnAtTen: Bool { start <= "10:00:00" && "10:00:00" < exit }
  }

  private func services(_ path: String) throws -> [Service] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).enumerated().dropFirst().compactMap {
      index, line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count >= 17, fields[16] != "NO_SERVER", fields[13] != "0:00:00" else {
        return nil
      }
      func padded(_ time: String) -> String { time.count < 8 ? "0" + time : time }
      return Service(
        line: index + 1, agent: fields[16], date: fields[5], start: padded(fields[13]),
        exit: padded(fields[14]))
    }
  }

  private func lines(_ rehearsal: Rehearsal, _ name: String) throws -> [JSONValue] {
    try #require(try rehearsal.file(name)).split(separator: 0x0A)
      .map { try JSONValue(parsing: Array($0)) }
  }

  @Test func `agents interact exactly while the log has them in a service`() async throws {
    let path = try #require(RealCallLog.folder) + "/january1999.txt"
    let services = try services(path)
    let first = try #require(services.min { ($0.date, $0.start) < ($1.date, $1.start) })
    var rehearsal = try Rehearsal()
    try rehearsal.registry.load(ProbeModule.self)
    rehearsal.variables["LOG"] = path
    rehearsal.variables["ORIGIN"] = "1999-01-\(first.date.suffix(2))T\(first.start)Z"
    let config = Self.config.replacing(
      "INSTANTS", with: Self.instants.joined(separator: #"", ""#))
    let report = try await rehearsal.run(config)
    #expect(report.injection?.failed == 0 && report.injection?.unknown == 0)
    #expect(MetricCatalog.value(of: "correlation.mismatches", in: report) == 0)

    var ids: [Int: String] = [:]
    for event in try lines(rehearsal, "events.jsonl") {
      let parts = (event["sequence_id"]?.string ?? "").split(separator: "-")
      ids[try #require(Int(parts[1]))] = event["agent_id"]?.string
    }
    var agents: [String: String] = [:]
    for service in services { agents[service.agent] = ids[service.line] }
    #expect(agents.count == 28)

    let readings = try lines(rehearsal, "readings.jsonl")
    var talking = 0
    for instant in Self.instants {
      let date = "9901" + instant.dropFirst(8).prefix(2)
      let expected = Set(
        services.filter { $0.date == date && $0.isGoingOnAtTen }.compactMap { agents[$0.agent] })
      let found = readings.filter {
        $0["timestamp"]?.string?.hasPrefix(instant.dropLast()) ?? false
          && $0["state"]?.string == "INTERACTING"
      }
      #expect(Set(found.compactMap { $0["agent_id"]?.string }) == expected, "\(instant)")
      talking += expected.count
    }
    #expect(talking > 0)
  }
}
