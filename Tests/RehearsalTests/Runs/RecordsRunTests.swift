import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// Records of calls as a source of a pipeline.
@Suite(.timeLimit(.minutes(2)))
struct RecordsRunTests {
  private func config(_ path: String, _ options: String) -> String {
    #"""
    {
      "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
      "sources": { "log": { "type": "records", "path": "\#(path)", \#(options) } },
      "validators": { "schema": { "type": "interaction-event", "inputs": ["log"] } },
      "correlators": { "states": { "type": "state-machine", "inputs": ["schema"] } },
      "sinks": {
        "out": { "type": "jsonl", "inputs": ["states", "schema.rejected", "log.rejected"] }
      }
    }
    """#
  }

  private static let connect = #"""
    "fields": {
      "agent": "Agent.Username", "call": "ContactId", "offered": "Queue.DequeueTimestamp",
      "start": "Agent.ConnectedToAgentTimestamp", "end": "Agent.AfterContactWorkStartTimestamp",
      "wrapped": "Agent.AfterContactWorkEndTimestamp"
    }, "latest_by": "LastUpdateTimestamp", "format": "json-concatenated"
    """#

  /// All of them stand on one line.
  @Test func `every event has an id of its own, and they come in the order of their times`()
    async throws
  {
    let rehearsal = try Rehearsal()
    let path =
      "\(Repository.root.path)/Tests/Fixtures/field/amazon-connect/records.concatenated.json"
    let report = try await rehearsal.run(config(path, Self.connect))
    #expect(report.failures == [])
    #expect(report.events.rejected == 0)
    let services = Int(report.stages.first { $0.name == "log" }?.findings["services"] ?? 0)
    #expect(services > 30)
    #expect(report.events.delivered == services * 5)
    let lines = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
    let times = try lines.map { try #require(JSONValue(parsing: Array($0))["timestamp"]?.string) }
    #expect(times == times.sorted())
  }

  /// Where agents are and offers that they left are states of the platform; desktops have none of the first.
  @Test(arguments: [("genesys-cloud", 20 + 3 * 30), ("agent-desktop", 5 * 30)])
  func `a queue log of Asterisk is told without a mismatch`(machine: String, count: Int)
    async throws
  {
    let rehearsal = try Rehearsal()
    let path = "\(Repository.root.path)/Tests/Fixtures/field/asterisk-queue-log/queue_log"
    let report = try await rehearsal.run(
      #"""
      {
        "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
        "sources": {
          "log": {
            "type": "records", "path": "\#(path)", "preset": "asterisk-queue-log",
            "machine": "\#(machine)"
          }
        },
        "validators": {
          "schema": { "type": "interaction-event", "inputs": ["log"], "machine": "\#(machine)" }
        },
        "correlators": {
          "states": { "type": "state-machine", "inputs": ["schema"], "machine": "\#(machine)" }
        },
        "sinks": {
          "out": { "type": "jsonl", "inputs": ["states", "schema.rejected", "log.rejected"] }
        }
      }
      """#)
    #expect(report.failures == [])
    #expect(report.events.rejected == 0)
    #expect(report.events.delivered == count)
    #expect(report.stages.first { $0.name == "states" }?.findings["mismatches"] == 0)
    var presences: [String: Int] = [:]
    let lines = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
    for line in lines {
      let event = try JSONValue(parsing: Array(line))
      guard let state = event["state"]?.string, state.hasPrefix("presence/") else { continue }
      presences[state, default: 0] += 1
      #expect(event["interaction_id"] == nil)
    }
    #expect(
      presences
        == (machine == "agent-desktop"
          ? [:] : ["presence/on_queue": 10, "presence/meal": 7, "presence/offline": 3]))
  }

  @Test func `files of events are put in order, and doctor shows the first`() async throws {
    let rehearsal = try Rehearsal()
    func write(_ name: String, _ second: Int) throws {
      try Data(#"{"s":"x","t":\#(1_770_000_000 + second)}"#.utf8)
        .write(to: URL(filePath: rehearsal.folder + "/" + name))
    }
    try write("log", 20)
    try write("log.1", 10)
    let config = #"""
      {
        "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
        "connections": {
          "theirs": {
            "type": "mapping", "members": { "state": "s", "timestamp": "t", "agent_id": "agnet" },
            "time_format": "epoch-s"
          }
        },
        "sources": {
          "log": {
            "type": "records", "path": "${FOLDER}/log*", "format": "json-lines",
            "mapping": "theirs"
          }
        },
        "sinks": { "out": { "type": "jsonl", "inputs": ["log"] } }
      }
      """#
    let report = try await rehearsal.run(config)
    #expect(report.failures == [])
    let times = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
      .map { try JSONValue(parsing: Array($0))["timestamp"]?.string?.dropFirst(17).prefix(2) }
    #expect(times == ["10", "20"])
    let plan = try #require(rehearsal.plan(config).plan)
    let checkup = await Checkup(
      plan,
      in: RunEnvironment(
        console: rehearsal.console, input: rehearsal.input, logger: Rehearsal.logger)
    ).run()
    let found = String(describing: checkup)
    #expect(found.contains("x at 2026-02-02T02:40:10"), "\(found)")
    #expect(found.contains("agnet"), "\(found)")
  }

  @Test func `holds are told in the platform's terms, and desktops have none`() async throws {
    for (machine, held) in [("genesys-cloud", 24), ("agent-desktop", 0)] {
      let rehearsal = try Rehearsal()
      let path = "\(Repository.root.path)/Tests/Fixtures/field/genesys-details/conversations.json"
      let report = try await rehearsal.run(
        #"""
        {
          "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
          "sources": {
            "log": {
              "type": "records", "path": "\#(path)", "preset": "genesys-details",
              "machine": "\#(machine)"
            }
          },
          "correlators": {
            "states": { "type": "state-machine", "inputs": ["log"], "machine": "\#(machine)" }
          },
          "sinks": { "out": { "type": "jsonl", "inputs": ["states", "log.rejected"] } }
        }
        """#)
      #expect(report.failures == [])
      // At a desktop, two calls at once are a mismatch.
      let isPlatform = machine == "genesys-cloud"
      let mismatches = report.stages.first { $0.name == "states" }?.findings["mismatches"] ?? -1
      #expect((mismatches == 0) == isPlatform)
      let events = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
        .map { try JSONValue(parsing: Array($0)) }
      #expect(events.count { $0["state"]?.string == "participant/held" } == held)
      #expect(Set(events.compactMap { $0["sequence_id"]?.string }).count == events.count)
      let times = events.compactMap { $0["timestamp"]?.string }
      #expect(times == times.sorted())
    }
  }

  @Test func `services that are far out of order are told in order all the same`() async throws {
    let rehearsal = try Rehearsal()
    var rows: [String] = []
    for number in 0..<400 {
      let minute = (number * 149) % 400
      let time = "2026-01-05 \(8 + minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
      rows.append("Agent \(number % 7),c\(number),\(time):00,\(time):40")
    }
    let text = "agent,call,start,end\n" + rows.joined(separator: "\n")
    try Data(text.utf8).write(to: URL(filePath: rehearsal.folder + "/x.csv"))
    let report = try await rehearsal.run(
      config("${FOLDER}/x.csv", #""pace": "as-fast-as-possible""#))
    #expect(report.events.delivered == 2_000)
    let lines = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
    let times = try lines.map { try #require(JSONValue(parsing: Array($0))["timestamp"]?.string) }
    #expect(times == times.sorted())
  }

  @Test func `a file of which nothing can be used fails the run, with the first reasons`()
    async throws
  {
    let rehearsal = try Rehearsal()
    let path = "\(Repository.root.path)/Tests/Fixtures/field/messy/every-row-bad.csv"
    let report = try await rehearsal.run(
      config(path, #""fields": { "start": ["date", "start"], "end": ["date", "end"] }"#))
    #expect(report.exitCode == .failure)
    #expect(report.failures.count == 1)
    #expect(
      report.failures[0].hasPrefix(
        "sources.log: nothing of its input could be used: 3 turned away; the first: \(path):2: date and "
          + "start: expected a time (iso), found \"monday 9\""))
    #expect(report.stages.first { $0.name == "log" }?.findings["bad_records"] == 3)
  }
}
