import PatchbayJSON
import Testing

struct DuplicateNameTests {
  private static let text = """
    {"a": 1, "b": [{"x": 1}, {"x": 1, "x": 2}],
     "a": {"c": 3, "c": 4}, "\\u0061": 5}
    """

  @Test func `a document collects repeated names as it reads them`() throws {
    let document = try JSONDocument(parsing: Array(Self.text.utf8))
    #expect(
      document.duplicateNames.map { "\($0.path.joined(separator: "/")) \($0.position) \($0.first)" }
        == ["b/1/x 1:35 1:27", "a/c 2:16 2:8", "a 2:2 1:2", "a 2:25 1:2"])
  }

  @Test func `of repeated members a document keeps the first`() throws {
    let document = try JSONDocument(parsing: Array(Self.text.utf8))
    #expect(document.root.value == ["a": 1, "b": [["x": 1], ["x": 1]]])
  }

  @Test func `a value refuses the first repeated name`() {
    #expect(complaint(about: Self.text) == #"1:35: "x" is set twice; first in line 1, column 27"#)
    #expect(
      complaint(about: "{\"é\": 1,\n \"\\u00e9\": 2}")
        == #"2:2: "é" is set twice; first in line 1, column 2"#)
    #expect(
      complaint(about: #"{"":1,"":2}"#) == #"1:7: "" is set twice; first in line 1, column 2"#)
  }

  @Test func `a syntax error comes before a repeated name`() {
    #expect(
      complaint(about: #"{"a":1,"a":2"#)
        == #"1:13: expected "," or "}", found the end of the text"#)
  }

  @Test func `one name in several objects is fine`() {
    #expect(complaint(about: #"{"a":{"a":{"a":[{"a":1},{"a":2}]}},"A":1}"#) == "accepted")
  }

  @Test func `names that only look alike are different`() {
    // Composed and decomposed, which String takes for equal.
    #expect(complaint(about: #"{"\u00e9":1,"e\u0301":2}"#) == "accepted")
  }

  @Test func `each of many names is found again, and no other`() throws {
    let names = (0..<50).map { "n\($0)" } + [#"\u00e9"#, #"e\u0301"#]
    for name in names {
      let members = (names + [name]).map { "\"\($0)\":1" }.joined(separator: ",\n")
      let document = try JSONDocument(parsing: Array("{\(members)}".utf8))
      let first = names.firstIndex(of: name).map { $0 + 1 }
      #expect(document.duplicateNames.map(\.first.line) == [first])
      #expect(document.duplicateNames.map(\.position.line) == [names.count + 1])
      #expect(document.root.members?.count == names.count)
    }
  }
}
