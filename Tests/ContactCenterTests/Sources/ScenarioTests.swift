import ContactCenter
import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// The scenario is a pure function of seed and options, and its mistakes are the ones asked for.
struct ScenarioTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  private func events(
    _ options: JSONValue, seed: Int = 1
  ) async throws -> [EventFields] {
    var pipeline = TestPipeline(
      directory: folder, options: ["clock": "virtual", "seed": .integer(seed)])
    let sink = RecordingSink()
    pipeline.add("desk", ScenarioSource(try ScenarioOptions(options)))
    pipeline.add("sink", sink, inputs: ["desk"])
    let report = try await pipeline.run()
    #expect(report.events.isBalanced)
    return sink.record.entries.map(\.fields)
  }

  @Test func `the default walk has six events for each interaction`() async throws {
    let events = try await events(["agents": 1, "interactions_per_agent": 1])
    #expect(
      events.compactMap(\.state) == [
        "routing/agent/available", "routing/agent/busy", "interaction/media/connected",
        "interaction/media/disconnected", "routing/agent/wrapping", "routing/agent/available",
      ])
    #expect(events.first?.sequenceID == "sim-0-1767225600000000000")
    #expect(events.last?.timestamp == "2026-01-01T00:00:00.500000000Z")
  }

  @Test func `same seed, same events; another seed, others`() async throws {
    let options: JSONValue = [
      "agents": 7, "interactions_per_agent": 3, "dwell_distribution": "exponential", "illegal": 4,
    ]
    let first = try await events(options, seed: 11)
    #expect(try await events(options, seed: 11) == first)
    #expect(try await events(options, seed: 12) != first)
  }

  @Test func `ids are well-formed UUIDs and differ between agents and interactions`() async throws {
    let events = try await events(["agents": 5, "interactions_per_agent": 4])
    #expect(Set(events.compactMap(\.agentID)).count == 5)
    #expect(Set(events.compactMap(\.interactionID)).count == 20)
    #expect(Set(events.compactMap(\.sequenceID)).count == 120)
    #expect(
      events.allSatisfy { event in
        event.agentID.flatMap { UUIDBits(lowercase: Array($0.utf8)) } != nil
      })
  }

  @Test func `events say who calls, and through which queue of their agent's`() async throws {
    let agent = "6513270e-269e-4d37-b2a7-4de452e6b438"
    let queue = "ba484b49-7518-4a14-b84d-57e3e3df1baa"
    let path = folder + "/organization.json"
    try """
    {"users": [{"id": "\(agent)"}, {"id": "d23f0824-128b-4f33-8c5c-7fd0a6a3a450"}],
     "queues": [{"id": "\(queue)", "name": "Support", "members": ["\(agent)"]}]}
    """.write(toFile: path, atomically: true, encoding: .utf8)
    let options: JSONValue = [
      "machine": "genesys-cloud", "agents": 2, "users_file": .string(path), "callers": true,
    ]
    let events = try await events(options)
    var callers: [String: Set<String>] = [:]
    for event in events {
      guard let interaction = event.interactionID else {
        #expect(event.attributes == nil)
        continue
      }
      let attributes = try JSONValue(parsing: Array((event.attributes ?? "").utf8))
      callers[interaction, default: []].insert(event.attributes ?? "")
      #expect(attributes["ani"]?.string?.hasPrefix("tel:+441632960") ?? false)
      #expect(attributes["customer_name"]?.string?.hasPrefix("Caller ") ?? false)
      #expect(attributes["queue_id"]?.string == (event.agentID == agent ? queue : nil))
    }
    // Whoever calls stays the same throughout, and others are others.
    #expect(callers.values.allSatisfy { $0.count == 1 })
    #expect(Set(callers.values.compactMap(\.first)).count > 4)
    #expect(try await self.events(options) == events)
  }

  @Test func `a given agent is the only one, a given interaction too`() async throws {
    let agent = "11111111-2222-4333-8444-555555555555"
    let one = try await events([
      "agents": 5, "interactions_per_agent": 2, "agent_id": .string(agent),
    ])
    #expect(Set(one.compactMap(\.agentID)) == [agent])
    #expect(one.count == 12)
    let both = try await events(["interaction_id": .string(agent)])
    #expect(both.count == 6)
    #expect(Set(both.compactMap(\.interactionID)) == [agent])
  }

  @Test(arguments: [1, 5, 20])
  func `k illegal states are k forbidden steps of an interaction`(count: Int) async throws {
    let events = try await events([
      "agents": 5, "interactions_per_agent": 4, "illegal": .integer(count),
    ])
    // The tutorial's table, written out here on purpose: not the product's own.
    let allowed = [
      "routing/agent/available": ["routing/agent/busy"],
      "routing/agent/busy": ["interaction/media/connected", "routing/agent/available"],
      "interaction/media/connected": ["interaction/media/disconnected"],
      "interaction/media/disconnected": ["routing/agent/wrapping"],
      "routing/agent/wrapping": ["routing/agent/available"],
    ]
    var forbidden = 0
    for walk in Dictionary(grouping: events, by: \.interactionID).values {
      let states = walk.compactMap(\.state)
      #expect(states.last == "routing/agent/available")
      for (from, to) in zip(states, states.dropFirst()) where allowed[from]?.contains(to) != true {
        forbidden += 1
      }
    }
    #expect(forbidden == count)
  }

  @Test func `a walk that the machine forbids is refused with the step`() {
    #expect(throws: InvalidOptions.self) {
      try ScenarioOptions(["transitions": ["interaction/media/connected"]])
    }
    do {
      _ = try ScenarioOptions(["transitions": ["interaction/media/connected"]])
    } catch {
      #expect(
        "\(error)"
          == #"transitions: "routing/agent/available" can't be followed by "#
          + #""interaction/media/connected", only by "routing/agent/busy""#)
    }
  }

  @Test func `the declarations of all options hold together`() {
    #expect(ScenarioOptions.declarationProblems() == [])
    #expect(CallLogOptions.declarationProblems() == [])
    #expect(InteractionEventValidator.Options.declarationProblems() == [])
    #expect(StateMachineCorrelator.Options.declarationProblems() == [])
  }
}
