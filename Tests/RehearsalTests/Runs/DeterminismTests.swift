import PatchbayCore
import PatchbayTesting
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
}
