import PatchbayJSON
import PatchbayOptions
import Testing

struct ConfigIssueTests {
  @Test func `an issue reads like a compiler's`() {
    let issue = ConfigIssue(
      .unknownOption, at: JSONPosition(line: 14, column: 22),
      path: OptionPath("injectors", "inject", "connecton"),
      message: #"unknown option (did you mean "connection"?)"#)
    #expect(
      issue.description
        == #"14:22: error[PB0104]: injectors.inject.connecton: unknown option (did you mean "connection"?)"#
    )
    #expect(issue.rendered(file: "config.json") == "config.json:\(issue)")
    let root = ConfigIssue(.wrongType, .warning, at: .start, path: OptionPath(), message: "odd")
    #expect(root.description == "1:1: warning[PB0101]: odd")
  }

  @Test func `other parts of the package have codes of their own`() {
    let code = ConfigIssue.Code("PB0201", "no such type", cause: "", cure: "")
    #expect(code != .unknownOption)
    #expect("\(code)" == "PB0201")
  }

  @Test func `a path shows names plainly where it can`() {
    let path = OptionPath("sinks", "call-log", "targets").appending(0).appending("x")
    #expect(path.description == "sinks.call-log.targets[0].x")
    #expect(OptionPath("a", "two words", "b").description == #"a["two words"].b"#)
    #expect(OptionPath("a.b").description == #"["a.b"]"#)
    #expect(OptionPath("9", "", "é", "q\"").description == #"["9"][""]["é"]["q\""]"#)
    #expect(OptionPath().description.isEmpty)
  }

  @Test func `issues are put in the order of the text, those of one place as they were found`() {
    var list = IssueList()
    for (line, message) in [(2, "c"), (1, "a"), (2, "d"), (1, "b")] {
      list.report(
        .wrongType, .warning, at: JSONPosition(line: line, column: 1), path: OptionPath(),
        message: message)
    }
    #expect(!list.hasErrors)
    #expect(list.inDocumentOrder.map(\.message) == ["a", "b", "c", "d"])
    list.report(.wrongType, at: .start, path: OptionPath(), message: "e")
    #expect(list.hasErrors)
  }
}
