import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// Nothing that is fed in makes the program trap.
struct MutationTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Changes a few bytes: flips, deletes, doubles, and puts in what JSON reacts to.
  private func mutate(_ bytes: [UInt8], using random: inout KeyedRandom) -> [UInt8] {
    let spice = [
      "{", "}", "[", "]", "\"", ":", ",", "null", "-1", "1e999", "9223372036854775808", "\\u0000",
      "${", "${X}", "${X:-}", "\u{0}", "é", "\u{FEFF}", "true", "0.5", "\"type\"", "\"inputs\"",
      "x.rejected", "-0", "1e-400", "\\ud800",
    ]
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: place)
      case 2:
        let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
        bytes.insert(
          contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
      case 3:
        let end = min(bytes.count, place + Int.random(in: 1...80, using: &random))
        bytes.removeSubrange(place..<end)
      default:
        bytes.insert(contentsOf: (spice.randomElement(using: &random) ?? "").utf8, at: place)
      }
    }
    return bytes
  }

  @Test func `100 000 mutated configurations are planned or refused with a place`() throws {
    let names = ["config.json", "Examples/call-log/config.json", "Examples/jsonl/config.json"]
    let seeds = try names.map { name in
      Array(try #require(FileManager.default.contents(atPath: Self.root.path + "/" + name)))
    }
    let planner = Planner(registry: Rehearsal.registry, variables: ["X": "1"])
    var random = KeyedRandom(seed: 1, purpose: "config-mutations")
    var planned = 0
    for round in 0..<100_000 {
      let bytes = mutate(seeds[round % seeds.count], using: &random)
      let result = planner.plan(bytes)
      if result.plan != nil { planned += 1 }
      let hasErrors = result.issues.contains { $0.severity == .error }
      #expect(hasErrors == (result.plan == nil))
      let lines = bytes.count { $0 == 0x0A } + 1
      if !result.issues.allSatisfy({ (1...lines).contains($0.position.line) }) {
        Issue.record("an issue stands outside of \(String(decoding: bytes, as: UTF8.self))")
      }
    }
    // Some mutations hurt nothing; all of them refused would mean that nothing is tested.
    #expect(planned > 1_000)
  }

  @Test func `100 000 mutated lines become events or rejected records, none is lost`()
    async throws
  {
    let path = Self.root.path + "/Examples/jsonl/events.jsonl"
    let lines = try #require(FileManager.default.contents(atPath: path))
      .split(separator: 0x0A).map(Array.init)
    var random = KeyedRandom(seed: 2, purpose: "line-mutations")
    var text: [UInt8] = []
    for round in 0..<100_000 {
      text += mutate(lines[round % lines.count], using: &random).filter { $0 != 0x0A }
      text.append(0x0A)
    }
    let blank = text.split(separator: 0x0A, omittingEmptySubsequences: false)
      .count { $0.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
    var rehearsal = try Rehearsal()
    rehearsal.input = ScriptedInput(
      stride(from: 0, to: text.count, by: 65_536).map {
        Array(text[$0..<min($0 + 65_536, text.count)])
      })
    let report = try await rehearsal.run(
      #"""
      {
        "run": { "clock": "virtual", "directory": "${FOLDER}/runs" },
        "sources": { "lines": { "type": "stdin" } },
        "validators": { "schema": { "type": "interaction-event", "inputs": ["lines"] } },
        "correlators": { "states": { "type": "state-machine", "inputs": ["schema"] } },
        "sinks": {
          "good": { "type": "jsonl", "inputs": ["states"], "file": "good.jsonl" },
          "bad": {
            "type": "jsonl", "inputs": ["schema.rejected", "lines.rejected"], "file": "bad.jsonl"
          }
        }
      }
      """#)
    #expect(report.failures == [])
    #expect(report.events.isBalanced)
    // Every line but the blank ones; the piece behind the last line end is one of those.
    #expect(report.events.emitted + blank == 100_001)
    #expect(report.events.rejected > 1_000)
    for name in ["good.jsonl", "bad.jsonl"] {
      for line in try #require(try rehearsal.file(name)).split(separator: 0x0A) {
        #expect(throws: Never.self) { try JSONValue(parsing: Array(line)) }
      }
    }
  }
}
