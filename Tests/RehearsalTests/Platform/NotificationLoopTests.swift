import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// What was injected is held against what the platform then notified, whatever becomes of notifications.
///
/// On the real clock, since sockets are: notifications come when they come.
@Suite(.timeLimit(.minutes(5)))
struct NotificationLoopTests {
  private static let users = (0..<8).map { number in
    var random = KeyedRandom(seed: 3, purpose: "test users", UInt64(number))
    return UUIDBits.version4(using: &random)
  }

  /// A walk in which every event changes the interaction's part once.
  private static let plain = [
    "participant/connected", "participant/disconnected", "after_call_work/complete",
  ]
  private static let withHold =
    ["participant/connected", "participant/held", "participant/connected"] + plain.dropFirst()

  private func write(users folder: String) throws {
    let list = Self.users.map { "{\"id\": \"\($0)\"}" }.joined(separator: ", ")
    try Data("{\"users\": [\(list)]}".utf8).write(to: URL(fileURLWithPath: folder + "/users.json"))
  }

  private func config(
    _ url: String, agents: Int = 8, interactions: Int, dwell: String, walk: [String],
    deadline: String, quiet: String,
    topics: String = #"["conversations"]"#,
    states: String = #"["participant/*", "after_call_work/*"]"#
  ) -> String {
    let transitions = walk.map { "\"\($0)\"" }.joined(separator: ", ")
    return #"""
      {
        "run": { "directory": "${FOLDER}/runs" },
        "connections": {
          "genesys": {
            "type": "genesys-cloud", "region": "\#(url)", "client_id": "sandbox",
            "client_secret": "sandbox"
          }
        },
        "sources": {
          "desk": {
            "type": "scenario", "machine": "genesys-cloud", "users_file": "${FOLDER}/users.json",
            "agents": \#(agents), "interactions_per_agent": \#(interactions), "dwell": "\#(dwell)",
            "dwell_distribution": "exponential", "transitions": [\#(transitions)]
          },
          "platform": {
            "type": "genesys-notifications", "connection": "genesys", "quiet": "\#(quiet)",
            "users_file": "${FOLDER}/users.json", "topics": \#(topics)
          }
        },
        "injectors": {
          "inject": { "type": "genesys-events", "inputs": ["desk"], "connection": "genesys" }
        },
        "correlators": {
          "loop": {
            "type": "round-trip", "inputs": ["inject", "inject.failed", "platform"],
            "deadline": "\#(deadline)", "states": \#(states)
          }
        },
        "sinks": { "log": { "type": "jsonl", "inputs": ["loop", "platform.rejected"] } }
      }
      """#
  }

  private struct Result: Sendable {
    let report: RunReport
    let records: [JSONValue]

    /// What a stage found.
    func found(_ stage: String, _ metric: String) -> Int {
      Int(report.stages.first { $0.name == stage }?.findings[metric] ?? -1)
    }

    /// The first events that it found fault with.
    var events: [FoundEvent] { report.stages.first { $0.name == "loop" }?.findings.events ?? [] }

    /// What the correlator counted.
    var loop: [String: Int] {
      var counts: [String: Int] = [:]
      for name in ["matched", "lost", "late", "unexpected", "duplicated", "reordered", "open"] {
        let count = found("loop", name)
        if count != 0 { counts[name] = count }
      }
      return counts
    }
  }

  private func run(
    faults: JSONValue = [:], lifetime: String = "24h",
    _ config: @escaping @Sendable (_ url: String) -> String
  ) async throws -> Result {
    let rehearsal = try Rehearsal()
    try write(users: rehearsal.folder)
    let options: JSONValue = [
      "seed_data": .string(rehearsal.folder + "/users.json"), "rate_limit": "off",
      "unknown_users": false, "journal": 1_000_000, "token_lifetime": .string(lifetime),
      "faults": ["notifications": faults],
    ]
    return try await Rehearsal.withSandbox(options, clock: RealClock()) { url in
      let report = try await rehearsal.run(config(url))
      #expect(report.failures == [])
      let records = try await Rehearsal.get(url + "/sandbox/notifications?limit=100000")
      return Result(report: report, records: records["entries"]?.array ?? [])
    }
  }

  /// What has to be found, by what the sandbox says of each notification of a conversation.
  private struct Expectation {
    var matched = 0
    var duplicated = 0
    var reordered = 0

    mutating func add(_ stream: [JSONValue]) {
      let arrivals = stream.enumerated().flatMap { index, record in
        (record["places"]?.array ?? []).compactMap(\.integer).map { (place: $0, index: index) }
      }
      var tellers: [Int: Int] = [:]
      var greatest = -1
      for (_, index) in arrivals.sorted(by: { $0.place < $1.place }) {
        // That a part is terminated says again that it ended: whichever of both comes first tells it.
        let isTermination = stream[index]["change"]?["type"]?.string == "terminated"
        let step = isTermination ? index - 1 : index
        if let teller = tellers[step] {
          if teller == index { duplicated += 1 }
          continue
        }
        tellers[step] = index
        matched += 1
        if step < greatest { reordered += 1 }
        greatest = max(greatest, step)
      }
    }
  }

  @Test func `what is lost, doubled and reordered is found and counted exactly`() async throws {
    let result = try await run(faults: ["lost": 0.02, "duplicated": 0.01, "reordered": 0.05]) {
      config(
        $0, agents: 2, interactions: 600, dwell: "1ms", walk: Self.plain, deadline: "10s",
        quiet: "12s")
    }
    // What the sandbox says that it did with the notifications of agents' parts.
    let records = result.records.filter {
      $0["topic"]?.string?.hasSuffix(".conversations") ?? false
    }
    #expect(records.count { $0["change"]?["type"]?.string != "terminated" } == 4_800)
    var expected = Expectation()
    let streams = Dictionary(grouping: records) {
      $0["change"]?["conversationId"]?.string ?? ""
    }
    for stream in streams.values { expected.add(stream) }
    let lost = 4_800 - expected.matched
    #expect(lost > 60 && expected.duplicated > 30 && expected.reordered > 10)
    #expect(
      result.loop == [
        "matched": expected.matched, "lost": lost, "duplicated": expected.duplicated,
        "reordered": expected.reordered,
      ])
    #expect(result.found("platform", "interruptions") == 0)
  }

  @Test func `when the socket breaks again and again, nothing is missed`() async throws {
    let result = try await run(faults: ["cut": 0.002]) {
      config(
        $0, interactions: 60, dwell: "20ms", walk: Self.withHold, deadline: "30s", quiet: "2s",
        topics: #"["conversations", "presence"]"#,
        states: #"["participant/*", "after_call_work/*", "presence/*"]"#)
    }
    #expect(result.found("platform", "interruptions") >= 3)
    #expect(result.found("platform", "filled") >= 3)
    #expect(result.found("platform", "unfilled") == 0)
    #expect(result.loop == ["matched": 8 * (60 * 6 + 2)], "\(result.events)")
  }

  @Test func `when sockets are closed with an announcement, nothing is missed`() async throws {
    let result = try await run(faults: ["closing": 0.003, "closing_notice": "300ms"]) {
      config(
        $0, interactions: 60, dwell: "20ms", walk: Self.withHold, deadline: "30s", quiet: "2s")
    }
    #expect(result.found("platform", "renewals") >= 3)
    #expect(result.loop == ["matched": 8 * 60 * 6])
  }

  @Test func `when tokens end, channels are renewed before, and nothing is missed`() async throws {
    // A channel is replaced in the last tenth of its token's life: 400 ms.
    let result = try await run(lifetime: "4s") {
      config(
        $0, interactions: 60, dwell: "30ms", walk: Self.withHold, deadline: "30s", quiet: "2s")
    }
    #expect(result.found("platform", "renewals") >= 2)
    #expect(result.found("platform", "interruptions") == 0)
    #expect(result.found("platform", "filled") == 0)
    #expect(result.loop == ["matched": 8 * 60 * 6])
  }
}

/// Many users take many channels, which are replaced without taking each other's place.
///
/// They have the last tenth of their token's life for it: six seconds, for two rounds of a second or more.
@Suite(.timeLimit(.minutes(5)))
struct ManyChannelsTests {
  @Test func `a dozen channels whose token ends are all renewed before it does`() async throws {
    let rehearsal = try Rehearsal()
    let config = #"""
      {
        "run": { "directory": "${FOLDER}/runs" },
        "connections": {
          "sandbox": {
            "type": "genesys-sandbox", "agents": 4000, "rate_limit": "off", "token_lifetime": "60s"
          },
          "genesys": {
            "type": "genesys-cloud", "client_id": "sandbox", "client_secret": "sandbox"
          }
        },
        "sources": {
          "desk": { "type": "scenario", "agents": 1, "interactions_per_agent": 1, "dwell": "13s" },
          "platform": { "type": "genesys-notifications", "connection": "genesys", "quiet": "1s" }
        },
        "sinks": { "log": { "type": "jsonl", "inputs": ["desk", "platform"] } }
      }
      """#
    let report = try await rehearsal.run(config)
    #expect(report.failures == [])
    let findings = try #require(report.stages.first { $0.name == "platform" }?.findings)
    #expect(findings["renewals"] == 13)
    #expect(findings["interruptions"] == 0)
  }
}
