import HTTPTransport
import PatchbayCore
import PatchbayJSON
import PipelineTesting
import Testing

/// How what a test writes is compared with what was found.
struct MatchingTests {
  private func differences(_ expected: JSONValue, _ found: JSONValue?) -> [String] {
    PartialMatch.differences(expected, found, at: OptionPath("x")).map {
      "\($0.path): \($0.message)"
    }
  }

  @Test func `an object needs the members that are written`() {
    #expect(differences(["a": 1], ["a": 1, "b": 2]) == [])
    #expect(
      differences(["a": 1, "c": 3], ["a": 2]) == [
        "x.a: expected 1, found 2", "x.c: expected 3, found nothing",
      ])
    #expect(differences(["a": .null], [:]) == [])
    #expect(differences(["a": .null], ["a": 1]) == ["x.a: expected null, found 1"])
  }

  @Test func `numbers are compared as numbers, arrays element by element`() {
    #expect(differences(1, 1.0) == [])
    #expect(differences([1, ["a": 1]], [1, ["a": 1, "b": 1]]) == [])
    #expect(differences([1, 2], [1, 3]) == ["x[1]: expected 2, found 3"])
    #expect(differences([1], [1, 2]) == ["x: expected [1], found [1,2]"])
    #expect(differences(1, "1") == [#"x: expected 1, found "1""#])
  }

  @Test func `header values are compared and not shown`() {
    let found = PartialMatch.differences(
      ["headers": ["authorization": "Bearer a"]], ["headers": ["authorization": "Bearer hunter2"]],
      at: OptionPath())
    #expect(found.map(\.message) == ["is different (header values are not shown)"])
  }

  @Test(arguments: [
    ("abc", "abc", true), ("abc", "abcd", false), ("*", "", true), ("a*", "abc", true),
    ("*c", "abc", true), ("a*c", "abc", true), ("a*c", "ac", true), ("a*c", "acd", false),
    ("ab*ba", "aba", false), ("a*b*c", "a1b2c", true), ("a*b*c", "a1c2b", false), ("**", "x", true),
    ("", "", true), ("", "a", false), ("é*", "élan", true),
  ])
  func `a star stands for any text`(pattern: String, text: String, matches: Bool) {
    #expect(Glob.matches(pattern, text) == matches)
  }

  private func list(_ json: JSONValue, _ found: [JSONValue]) throws -> [Difference] {
    ListMatch.differences(try ListExpectation(json), found, at: OptionPath("list"))
  }

  @Test func `lists are held against all that is said of them`() throws {
    let found: [JSONValue] = [["id": 1], ["id": 2], ["id": 3]]
    #expect(try list(["count": 3, "exactly": [["id": 1], ["id": 2], ["id": 3]]], found) == [])
    #expect(try list(["contains": [["id": 1], ["id": 3]], "lacks": [["id": 4]]], found) == [])
    #expect(try list(["count": 2], found).map(\.path) == ["list.count"])
    #expect(
      try list(["contains": [["id": 3], ["id": 1]]], found).map(\.message) == [
        #"expected {"id":1} in this order, found none"#
      ])
    #expect(
      try list(["lacks": [["id": 2]]], found).map(\.message) == [
        #"expected nothing like {"id":2}, found entry 1"#
      ])
    let missing = try list(["contains": [["id": 9]]], found)
    #expect(missing[0].details == ["nearest is entry 0:", "  id: expected 9, found 1"])
  }

  @Test func `lists of another length are shown beside each other`() throws {
    let found = try list(
      ["exactly": [["id": 1], ["id": 4]]], [["id": 0], ["id": 1], ["id": 2]])
    #expect(found.map(\.message) == ["expected 2 entries, found 3"])
    #expect(
      found[0].details == [
        #"+ {"id":0}"#, #"  {"id":1}"#, #"- {"id":4}"#, #"+ {"id":2}"#,
      ])
  }

  @Test func `a pattern is a method and a path or address`() throws {
    func matches(_ pattern: String, _ method: String, _ url: String) throws -> Bool {
      try #require(RequestPattern(pattern)).matches(HTTPRequest(method: method, url: url))
    }
    #expect(try matches("POST /a/b", "POST", "http://127.0.0.1:7/a/b?x=1"))
    #expect(try !matches("POST /a/b", "PUT", "http://127.0.0.1:7/a/b"))
    #expect(try !matches("POST /a", "POST", "http://127.0.0.1:7/a/b"))
    #expect(try matches("POST /a?x=1", "POST", "http://h/a?x=1"))
    #expect(try !matches("POST /a?x=1", "POST", "http://h/a?x=2"))
    #expect(try matches("GET https://h/a", "GET", "https://h/a?x"))
    #expect(try !matches("GET https://h/a", "GET", "https://other/a"))
    #expect(try matches("GET /", "GET", "https://h"))
    for wrong in ["", "POST", "/a", "post /a", "POST a", "POST  /a", "POST /a b", "POST ftp://h/"] {
      #expect(RequestPattern(wrong) == nil, "\(wrong)")
    }
  }
}
