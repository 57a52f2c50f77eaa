import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Testing

/// Checking a configuration takes time as it has stages and mistakes, not as their square; and a long
/// chain runs.
struct LargeConfigurationTests {
  /// Shapes of configurations with `count` stages, or as many mistakes.
  enum Shape: String, CaseIterable, CustomTestStringConvertible {
    case chain, fan, merge, misspeltInputs, misspeltInputsOfOne, misspeltTypes, misspeltTemplates
    case misspeltThresholds, profile, circle

    var testDescription: String { rawValue }

    func config(_ count: Int) -> String {
      let source =
        #""sources": { "s": { "type": "scenario", "agents": 1, "interactions_per_agent": 1 } }"#
      func validators(_ inputs: (Int) -> String) -> String {
        let entries = (0..<count).map {
          #""valid\#($0)": { "type": "interaction-event", "inputs": ["\#(inputs($0))"] }"#
        }
        return #""validators": { \#(entries.joined(separator: ",\n")) }"#
      }
      func sinks(_ entry: (Int) -> String) -> String {
        #""sinks": { \#((0..<count).map { "\"out\($0)\": { \(entry($0)) }" }.joined(separator: ",\n")) }"#
      }
      func names(_ stem: String) -> String {
        (0..<count).map { "\"\(stem)\($0)\"" }.joined(separator: ", ")
      }
      let rest: String =
        switch self {
        case .chain:
          validators { $0 == 0 ? "s" : "valid\($0 - 1)" }
            + #", "sinks": { "o": { "type": "stdout", "inputs": ["valid\#(count - 1)"] } }"#
        case .circle:
          validators { "valid\(($0 + 1) % count)" }
            + #", "sinks": { "o": { "type": "stdout", "inputs": ["s"] } }"#
        case .fan: sinks { #""type": "jsonl", "file": "o\#($0).jsonl", "inputs": ["s"]"# }
        case .merge:
          validators { _ in "s" }
            + #", "sinks": { "o": { "type": "stdout", "inputs": [\#(names("valid"))] } }"#
        case .misspeltInputs:
          validators { _ in "s" } + ", "
            + sinks { #""type": "jsonl", "file": "o\#($0).jsonl", "inputs": ["valdi\#($0)"]"# }
        case .misspeltInputsOfOne:
          validators { _ in "s" }
            + #", "sinks": { "o": { "type": "stdout", "inputs": [\#(names("valdi"))] } }"#
        case .misspeltTypes: sinks { #""type": "jsnol\#($0)", "inputs": ["s"]"# }
        case .misspeltTemplates:
          #""templates": { \#((0..<count).map { "\"polite\($0)\": { \"type\": \"stdout\" }" }.joined(separator: ", ")) }, "#
            + sinks { #""template": "poltie\#($0)", "inputs": ["s"]"# }
        case .misspeltThresholds:
          #""sinks": { "o": { "type": "stdout", "inputs": ["s"] } }, "thresholds": { "#
            + (0..<count).map { #""events.delievred\#($0)": "> 0""# }.joined(separator: ", ") + " }"
        case .profile:
          validators { _ in "s" }
            + #", "sinks": { "o": { "type": "stdout", "inputs": [\#(names("valid"))] } }, "#
            + #""profiles": { "p": { "validators": { "#
            + (0..<count).map { #""valid\#($0)": { "window": 5 }"# }.joined(separator: ", ")
            + " } } }"
        }
      return "{ \(source), \(rest) }"
    }
  }

  private func plan(_ config: String, profiles: [String]) -> (PlanResult, seconds: Double) {
    var overrides = ConfigurationOverrides()
    overrides.profiles = profiles
    let planner = Planner(registry: Rehearsal.registry, variables: [:])
    let text = Array(config.utf8)
    let before = threadTime()
    let result = planner.plan(text, named: "config.json", overrides: overrides)
    return (result, Double(threadTime() - before) / 1e9)
  }

  /// The processor time that this thread has taken, in nanoseconds.
  private func threadTime() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Eight times as many take eight times as long, with some room; the square would be 64 times.
  @Test(arguments: Shape.allCases)
  func `planning takes processor time in proportion`(shape: Shape) {
    let profiles = shape == .profile ? ["p"] : []
    let few = (0..<3).map { _ in plan(shape.config(500), profiles: profiles).seconds }.min() ?? 0
    let many = plan(shape.config(4_000), profiles: profiles).seconds
    #expect(many < 24 * few, "\(many) s against \(few) s")
  }

  @Test func `nearest names are told for the first hundred mistakes`() {
    let issues = plan(Shape.misspeltInputs.config(1_000), profiles: []).0.issues
    #expect(issues.count { $0.code == .unknownInput } == 1_000)
    #expect(issues.count { $0.message.contains("did you mean") } == 100)
    #expect(
      issues.first { $0.code == .unknownInput }?.message.contains(#"(did you mean "valid0"?)"#)
        == true)
  }

  @Test func `a circle of thousands is told once`() {
    let issues = plan(Shape.circle.config(4_000), profiles: []).0.issues
    #expect(issues.count { $0.code == .cycle } == 1)
  }

  @Test func `ten thousand validators in a chain run`() async throws {
    let rehearsal = try Rehearsal()
    let run = #"{ "run": { "clock": "virtual", "directory": "${FOLDER}/runs" }, "#
    let report = try await rehearsal.run(
      run
        + Shape.chain.config(10_000).dropFirst().replacing(
          "\"type\": \"interaction-event\"", with: "\"type\": \"interaction-event\", \"window\": 1")
    )
    #expect(report.events.emitted == 6)
    #expect(report.events.delivered == 6)
    #expect(report.stages.filter { $0.role == .validator }.allSatisfy { $0.received == 6 })
  }
}
