import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Emits numbers for ever, without ever waiting.
private struct RestlessSource: Source {
  static let type = "restless"
  static let doc = "Emits numbers for ever."

  struct Options: OptionGroup {
    let swallows: Bool

    init(from options: inout OptionReader) {
      swallows = options.value("swallows", default: false, doc: "Whether it ignores the stop.")
    }
  }

  private let swallows: Bool

  init(_ options: Options) { swallows = options.swallows }

  mutating func run(emitting outlet: SourceOutlet) async throws {
    var number = 0
    var refusals = 0
    while true {
      number += 1
      do {
        try await outlet.emit(EventFields(sequenceID: "\(number)"))
      } catch {
        if !swallows { throw error }
        refusals += 1
        // It would go on, at the cost of the other tests.
        if refusals == 1_000 { await Parked.forEver() }
      }
    }
  }
}

/// A source that goes on after it was told to stop is found, also if it never waits.
struct StoppingSourceTests {
  private func problems(swallows: Bool) async -> [String] {
    var check = Conformance(RestlessSource.self, options: ["swallows": .bool(swallows)])
    if swallows { check.patience = .milliseconds(500) }
    return await check.problems(ends: false)
  }

  @Test func `one that lets the error of emit through has no problems`() async {
    #expect(await problems(swallows: false) == [])
  }

  @Test func `one that swallows it and goes on is found`() async {
    let problems = await problems(swallows: true)
    #expect(
      problems.contains(
        "cancelled while it emits: hangs: it goes on after its task was cancelled; "
          + "let the CancellationError of emit through"), "\(problems)")
  }
}
