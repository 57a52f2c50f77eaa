import PatchbayCore
import PatchbayJSON
import Reports
import Testing

/// What a person and a code review tool see of an issue.
struct DiagnosticsTests {
  private func diagnostics(
    _ text: String, line: Int, column: Int, _ code: ConfigIssue.Code = .unknownOption,
    _ severity: ConfigIssue.Severity = .error, path: OptionPath = OptionPath("a", "b"),
    message: String = "unknown option"
  ) -> Diagnostics {
    let issue = ConfigIssue(
      code, severity, at: JSONPosition(line: line, column: column), path: path, message: message)
    return Diagnostics([issue], sources: [SourceText(name: "my.json", bytes: Array(text.utf8))])
  }

  @Test func `the line stands below the issue, with a caret under the place`() {
    let found = diagnostics("{\n  \"nmae\": true\n}", line: 2, column: 3)
    #expect(
      found.excerpts(colored: false) == """
        my.json:2:3: error[PB0104]: a.b: unknown option
         2 | "nmae": true
           | ^~~~~~

        """)
  }

  @Test func `values are masked, but for those that connect stages`() {
    let line =
      #"{ "type": "http", "inputs": ["desk", "x.rejected"], "token": "hunter2", "pin": 4711, "#
      + #""on": false, "list": ["hunter2"] }"#
    let found = diagnostics(line, line: 1, column: 53).excerpts(colored: false)
    #expect(
      found.contains(
        #"{ "type": "http", "inputs": ["desk", "x.rejected"], "token": "…", "pin": …, "#))
    #expect(!found.contains("hunter2"))
    #expect(!found.contains("4711"))
  }

  @Test func `the value that the message quotes is shown`() {
    let found = diagnostics(
      #"{ "format": "jsn", "key": "hunter2" }"#, line: 1, column: 13, .notAChoice,
      message: #"expected one of "text", "json", found "jsn""#)
    #expect(
      found.excerpts(colored: false) == """
        my.json:1:13: error[PB0108]: a.b: expected one of "text", "json", found "jsn"
         1 | { "format": "jsn", "key": "…" }
           |             ^~~~~

        """)
  }

  @Test(arguments: [
    #"  "secret": "hunter2"#, #"  "secret": hunter2,"#, #"  secret: 'hunter2',"#,
    #"hunter2", "a": 1"#, #"  "secret": "a\"hunter2", "b": 1"#, #"hunter2hunter2"#,
    "\"\u{7}hunter2\"",
  ])
  func `a line of broken JSON doesn't give values away`(line: String) {
    for column in 1...(line.count + 1) {
      let found = diagnostics(line, line: 1, column: column, message: "expected a value")
      #expect(!found.excerpts(colored: false).contains("hunter2"), "\(line), \(column)")
    }
  }

  @Test func `a long line is cut on both sides of the place`() {
    let long = (0..<200).map { "\"name\($0)\": {}" }.joined(separator: ", ")
    let found = diagnostics("{" + long + "}", line: 1, column: 1_000).excerpts(colored: false)
    let lines = found.split(separator: "\n")
    #expect(lines[1].count < 160)
    #expect(lines[1].hasPrefix(" 1 | ..."))
    #expect(lines[1].hasSuffix("..."))
  }

  @Test func `a place behind the end and a line that isn't there do no harm`() {
    #expect(diagnostics("{", line: 1, column: 2).excerpts(colored: false).contains(" 1 | {\n"))
    #expect(
      diagnostics("{", line: 9, column: 9).excerpts(colored: false)
        == "my.json:9:9: error[PB0104]: a.b: unknown option\n")
    #expect(diagnostics("", line: 1, column: 1).excerpts(colored: false).contains("| ^"))
  }

  @Test func `colours are only used where asked for`() {
    let found = diagnostics("{ \"a\": 1 }", line: 1, column: 3, .wrongType, .warning)
    #expect(found.excerpts(colored: true).contains("\u{1B}[1;33mwarning[PB0101]\u{1B}[0m"))
    #expect(!found.excerpts(colored: false).contains("\u{1B}"))
  }

  @Test func `the command line has no excerpt and no location`() {
    let issue = ConfigIssue(
      .unknownOption, at: JSONPosition(line: 1, column: 1), path: OptionPath("a"),
      message: "unknown option")
    let found = Diagnostics(
      [issue], sources: [SourceText(name: "--set", bytes: Array("a=hunter2".utf8), isFile: false)])
    #expect(found.excerpts(colored: false) == "--set:1:1: error[PB0104]: a: unknown option\n")
    let result = found.sarif(version: "1")["runs"]?[0]?["results"]?[0]
    #expect(result?["locations"]?[0]?["physicalLocation"] == nil)
    #expect(result?["locations"]?[0]?["logicalLocations"]?[0]?["fullyQualifiedName"] == "a")
  }

  @Test func `SARIF names rule, level, file and place`() throws {
    let log = diagnostics("{}", line: 3, column: 7, .wrongType, .warning).sarif(version: "1.2.3")
    #expect(log["version"] == "2.1.0")
    let run = try #require(log["runs"]?[0])
    #expect(run["tool"]?["driver"]?["version"] == "1.2.3")
    #expect(run["tool"]?["driver"]?["rules"]?[0]?["id"] == "PB0101")
    #expect(run["columnKind"] == "unicodeCodePoints")
    let result = try #require(run["results"]?[0])
    #expect(result["ruleId"] == "PB0101")
    #expect(result["level"] == "warning")
    let place = result["locations"]?[0]?["physicalLocation"]
    #expect(place?["artifactLocation"]?["uri"] == "my.json")
    #expect(place?["region"] == ["startLine": 3, "startColumn": 7])
  }
}
