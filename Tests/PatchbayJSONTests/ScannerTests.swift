import PatchbayJSON
import Testing

struct ScannerTests {
  @Test func `a scanner sees only its range`() throws {
    let bytes = Array(#"xx "ab" yy"#.utf8)
    var scanner = JSONScanner(bytes, in: 2..<7)
    scanner.skipWhitespace()
    #expect(scanner.offset == 3)
    #expect(try scanner.string() == "ab")
    #expect(scanner.peek == nil)
    #expect(scanner.foundHere == "the end of the text")
    scanner.advance()
    #expect(scanner.offset == 7)
    #expect(scanner.end == 7)
  }

  @Test func `a range past the bytes is cut off`() {
    let scanner = JSONScanner(Array("abc".utf8), in: 1..<9)
    #expect(scanner.offset == 1)
    #expect(scanner.end == 3)
    #expect(JSONScanner([], in: 4..<9).peek == nil)
  }

  @Test(arguments: [
    ("{", "an object"), ("[", "an array"), ("\"", "a string"), ("null", "null"),
    ("true", "a Boolean"), ("false", "a Boolean"), ("-1", "a number"), ("0", "a number"),
    ("9", "a number"), ("x", "\"x\""), ("é", "\"é\""), ("", "the end of the text"),
    ("\u{1}", "the control character U+0001"), ("+1", "\"+\""),
  ])
  func `what stands here is named by its kind`(text: String, kind: String) {
    #expect(JSONScanner(Array(text.utf8)).kindHere == kind)
  }

  @Test func `a string doesn't end outside the range`() {
    var scanner = JSONScanner(Array(#""a\"b""#.utf8), in: 0..<3)
    #expect(throws: JSONScanner.Failure(at: 0, "this string has no closing quote")) {
      try scanner.stringRange()
    }
  }

  @Test func `a literal is skipped only where all of it stands`() {
    var scanner = JSONScanner(Array("truetru".utf8))
    var offsets: [String] = []
    for literal in ["false", "true", "true"] as [StaticString] {
      offsets.append("\(scanner.skip(literal)) \(scanner.offset)")
    }
    #expect(offsets == ["false 0", "true 4", "false 4"])
  }

  @Test func `a string's range tells whether it has escapes`() throws {
    var scanner = JSONScanner(Array(#""ab""\n\u00e9""#.utf8))
    let plain = try scanner.stringRange()
    let escaped = try scanner.stringRange()
    #expect(plain.range == 1..<3 && !plain.hasEscapes)
    #expect(escaped.range == 5..<13 && escaped.hasEscapes)
    #expect(try scanner.unescaped(escaped.range) == Array("\né".utf8))
  }

  @Test(arguments: [
    ("12,", JSONScanner.Number.integer(12), 2), ("-0]", .number(-0.0), 2),
    ("1.5e3 ", .number(1_500), 5), ("0x", .integer(0), 1),
  ])
  func `a number ends where its grammar ends`(
    text: String, number: JSONScanner.Number, offset: Int
  ) throws {
    var scanner = JSONScanner(Array(text.utf8))
    #expect(try scanner.number() == number)
    #expect(scanner.offset == offset)
  }

  @Test(arguments: [
    ("\"a\\\"b\"x", 6), ("-1.5e3,", 6), ("true]", 4), ("null", 4), ("falsey", 5), ("[]]", 2),
    (#"{"a" : [1, {"b":[ ]}] , "c":null}}"#, 33),
  ])
  func `a value is skipped whole`(text: String, offset: Int) throws {
    var scanner = JSONScanner(Array(text.utf8))
    try scanner.skipValue(depth: 4)
    #expect(scanner.offset == offset)
  }

  @Test(arguments: [
    ("", "0: expected a value, found the end of the text"),
    ("x", "0: expected a value, found \"x\""),
    ("[1", "2: expected \",\" or \"]\", found the end of the text"),
    ("[1 2]", "3: expected \",\" or \"]\", found \"2\""),
    ("[1,]", "3: expected a value, found \"]\""), ("[01]", "1: a number can't start with 0"),
    ("{1:2}", "1: expected a name in quotes, found \"1\""),
    (#"{"a" 1}"#, "5: expected \":\" after a name, found \"1\""),
    (#"{"a":1;"#, "6: expected \",\" or \"}\", found \";\""),
    (#"{"a":1,}"#, "7: expected a name in quotes, found \"}\""),
    (#"["a"#, "1: this string has no closing quote"),
    (#"["\q"]"#, #"2: unknown escape; JSON has \" \\ \/ \b \f \n \r \t \u"#),
    (#"{"\ud800":1}"#, "2: this surrogate has no partner"),
    ("[[[[]]]]", "3: arrays and objects are nested too deep"),
    (#"{"a":[{"b":{}}]}"#, "11: arrays and objects are nested too deep"),
    ("\"\u{1}\"", "1: the control character U+0001 must be escaped in a string"),
  ])
  func `a value that is none isn't skipped`(text: String, error: String) {
    var scanner = JSONScanner(Array(text.utf8))
    let failure = #expect(throws: JSONScanner.Failure.self) { try scanner.skipValue(depth: 3) }
    #expect(failure.map { "\($0.offset): \($0.message)" } == error)
  }

  @Test func `skipping and parsing agree on what is JSON`() throws {
    var random = RandomJSON(seed: 6)
    var failures: [String] = []
    for _ in 0..<5_000 {
      let bytes = random.tokens()
      var scanner = JSONScanner(bytes)
      scanner.skipWhitespace()
      let isSkipped = (try? scanner.skipValue(depth: 64)) != nil
      scanner.skipWhitespace()
      let isParsed = (try? JSONDocument(parsing: bytes)) != nil
      if isParsed != (isSkipped && scanner.peek == nil) {
        failures.append(String(decoding: bytes, as: UTF8.self))
      }
    }
    #expect(failures.prefix(5) == [])
  }
}
