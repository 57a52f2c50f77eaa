import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// A sink whose declaration is wrong in every way that a check looks for.
private struct Misdeclared: Sink {
  static let type = "Mis_declared"
  static let doc = "no sentence"
  static let metrics = [
    MetricDeclaration("Good Ones", doc: "Counts."), MetricDeclaration("bad", doc: "what is bad"),
    MetricDeclaration("bad", doc: "Again."),
  ]

  struct Options: OptionGroup {
    let size: ShrinkingSize
    let anything: Bool

    init(from options: inout OptionReader) {
      size = options.value("size", default: ShrinkingSize(number: 4), doc: "A size.")
      anything = options.value("no_such_option", default: false, doc: "Takes what it shouldn't.")
    }
  }

  init(_ options: Options) {}

  mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult { .all }
}

/// A text that isn't read as it is written.
private struct ShrinkingSize: OptionText, Equatable {
  static var grammar: (name: String, example: String, pattern: String?) { ("size", "4", nil) }
  var number: Int
  init(number: Int) { self.number = number }
  init?(optionText text: String) {
    guard let number = Int(text) else { return nil }
    self.number = number
  }
  var optionText: String { "\(number / 2)" }
}

struct DeclarationConformanceTests {
  @Test func `a declaration that is wrong is found in every part`() async {
    let problems = await Conformance(Misdeclared.self, options: ["size": "8"]).problems()
    for expected in [
      "type: \"Mis_declared\" is no lower-case kebab noun such as \"call-log\"",
      "doc: \"no sentence\" is no sentence with a full stop on one line",
      "metrics: \"Good Ones\" isn't lower-case snake_case",
      "metrics: bad has no sentence that says what it counts",
      "metrics: bad is declared twice",
      "options: the unknown option \"no_such_option\" is accepted",
    ] {
      #expect(problems.contains(expected), "\(problems)")
    }
    #expect(problems.contains { $0.contains("takes effect, and decodes to") }, "\(problems)")
  }

  @Test func `options that are refused are told, and nothing is run`() async {
    let problems = await Conformance(RecordingSink.self, options: ["colour": "red"]).problems()
    #expect(problems == ["the options of the check are refused: colour: unknown option"])
  }
}
