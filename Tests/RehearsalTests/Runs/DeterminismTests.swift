import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Synchronization
import Testing

/// Same seed, same bytes.
struct DeterminismTests {
  private let config = #"""
    {
      "run": { "seed": 99, "clock": "virtual", "directory": "${FOLDER}/runs" },
      "sources": {
        "desk": {
          "type": "scenario", "agents": 30, "interactions_per_agent": 20, "illegal": 25,
          "dwell": "3s", "dwell_distribution": "exponential"
        }
      },
      "sinks": { "events": { "type": "jsonl", "inputs": ["desk"] } }
    }
    """#

  /// The sequence ids that a run makes, and the idempotency keys that its target gets.
  private func ids(
    clock: String, isRepeatable: Bool, seed: Int = 5
  ) async throws -> (ids: [String], keys: Set<String>) {
    let keys = Mutex<Set<String>>([])
    let script = ScriptedEndpoint.answering { connection, request in
      keys.withLock { $0.formUnion(request.values("Idempotency-Key")) }
      connection.answer(202)
    }
    return try await ScriptedEndpoint.run(script) { endpoint in
      let rehearsal = try Rehearsal()
      let report = try await rehearsal.run(
        #"""
        {
          "run": {
            "seed": \#(seed), "clock": "\#(clock)", "repeatable": \#(isRepeatable),
            "directory": "${FOLDER}/runs"
          },
          "sources": {
            "desk": {
              "type": "scenario", "agents": 5, "interactions_per_agent": 2, "dwell": "1s",
              "dwell_distribution": "exponential"
            }
          },
          "injectors": {
            "send": { "type": "http", "inputs": ["desk"], "url": "\#(endpoint.url)/e" }
          },
          "sinks": { "events": { "type": "jsonl", "inputs": ["send"] } }
        }
        """#)
      #expect(report.events.delivered == report.events.emitted)
      let lines = try #require(try rehearsal.file("events.jsonl")).split(separator: 0x0A)
      let ids = try lines.map { try JSONValue(parsing: Array($0))["sequence_id"]?.string ?? "" }
      return (ids.sorted(), keys.withLock { $0 })
    }
  }

  @Test(arguments: ["virtual", "100x"])
  func `a repeatable run makes the ids and keys of the one before`(clock: String) async throws {
    let first = try await ids(clock: clock, isRepeatable: true)
    let second = try await ids(clock: clock, isRepeatable: true)
    #expect(first.ids == second.ids && first.keys == second.keys)
    #expect(first.keys.count == first.ids.count && !first.ids.isEmpty)
    let other = try await ids(clock: clock, isRepeatable: true, seed: 6)
    #expect(other.keys.isDisjoint(with: first.keys))
  }

  @Test func `other runs make keys of their own, and on a real clock ids too`() async throws {
    let first = try await ids(clock: "100x", isRepeatable: false)
    let second = try await ids(clock: "100x", isRepeatable: false)
    #expect(first.keys.isDisjoint(with: second.keys))
    #expect(Set(first.ids).isDisjoint(with: second.ids))
  }

  @Test func `the same seed on the virtual clock gives the same event stream byte for byte`()
    async throws
  {
    let (first, second) = (try Rehearsal(), try Rehearsal())
    _ = try await first.run(config)
    _ = try await second.run(config)
    let bytes = try #require(try first.file("events.jsonl"))
    #expect(bytes.count > 800_000)
    #expect(try second.file("events.jsonl") == bytes)
    let third = try Rehearsal()
    _ = try await third.run(config.replacing("\"seed\": 99", with: "\"seed\": 98"))
    #expect(try third.file("events.jsonl") != bytes)
  }

  /// Many agents act at one time here, so that batches of any size fill, and ids and states come back in
  /// other batches than before.
  @Test(arguments: ["fixed", "exponential"])
  func `the size of batches changes no byte and no count`(distribution: String) async throws {
    let config = #"""
      {
        "run": { "seed": 4, "clock": "virtual", "directory": "${FOLDER}/runs" },
        "sources": {
          "desk": {
            "type": "scenario", "agents": 300, "interactions_per_agent": 4, "illegal": 9,
            "dwell": "2s", "dwell_distribution": "\#(distribution)"
          }
        },
        "validators": { "schema": { "type": "interaction-event", "inputs": ["desk"] } },
        "correlators": { "states": { "type": "state-machine", "inputs": ["schema"] } },
        "sinks": { "events": { "type": "jsonl", "inputs": ["states"] } }
      }
      """#

    func outcome(_ size: Int) async throws -> (events: [UInt8], report: RunReport) {
      let rehearsal = try Rehearsal()
      let report = try await rehearsal.run(config, batchSize: size)
      return (try #require(try rehearsal.file("events.jsonl")), report)
    }

    let whole = try await outcome(10_000)
    #expect(whole.report.events.emitted > 7_000)
    for size in [1, 7, 256] {
      let parts = try await outcome(size)
      #expect(parts.events == whole.events)
      #expect(parts.report.events == whole.report.events)
      #expect(parts.report.stages.map(\.findings) == whole.report.stages.map(\.findings))
    }
  }
}
