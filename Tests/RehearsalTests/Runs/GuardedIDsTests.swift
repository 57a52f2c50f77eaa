import Foundation
import PatchbayCore
import PatchbayTesting
import Testing

/// A correlator leaves the search for repeated ids to a validator right in front of it, and to nobody else.
struct GuardedIDsTests {
  /// The metric `duplicates` of a state machine behind a validator of events of which each id comes three
  /// times.
  private func duplicates(
    inputs: String, window: Int = 1_000_000, others: String = ""
  ) async throws -> Double? {
    let rehearsal = try Rehearsal()
    let lines = (0..<30).map { number in
      #"{"sequence_id":"id-\#(number % 10)","timestamp":"2026-01-14T09:00:00Z","#
        + #""interaction_id":"22222222-2222-4222-8222-222222222222","#
        + #""agent_id":"11111111-1111-4111-8111-111111111111","#
        + #""state":"routing/agent/busy","event_type":"routing/agent/state"}"#
    }
    try lines.joined(separator: "\n")
      .write(toFile: rehearsal.folder + "/in.jsonl", atomically: true, encoding: .utf8)
    let report = try await rehearsal.run(
      #"""
      {
        "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
        "sources": { "file": { "type": "jsonl", "path": "${FOLDER}/in.jsonl" } },
        "validators": {
          "schema": { "type": "interaction-event", "inputs": ["file"], "window": \#(window) }
          \#(others)
        },
        "correlators": { "states": { "type": "state-machine", "inputs": [\#(inputs)] } },
        "sinks": {
          "out": { "type": "jsonl", "inputs": ["states"] },
          "accepted": { "type": "jsonl", "inputs": ["schema"], "file": "accepted.jsonl" }
        }
      }
      """#)
    #expect(report.failures == [])
    return report.stages.first { $0.name == "states" }?.findings["duplicates"]
  }

  @Test func `behind a validator there are none`() async throws {
    #expect(try await duplicates(inputs: #""schema""#) == 0)
  }

  @Test func `a validator that remembers less is no guard`() async throws {
    #expect(try await duplicates(inputs: #""schema""#, window: 1) == 20)
  }

  @Test func `what a validator has turned away may come again`() async throws {
    #expect(try await duplicates(inputs: #""schema.rejected""#) == 10)
  }

  @Test func `events that come two ways come twice`() async throws {
    let other = #", "again": { "type": "interaction-event", "inputs": ["file"] }"#
    #expect(try await duplicates(inputs: #""schema", "again""#, others: other) == 10)
  }
}
