import PatchbayJSON
import Testing

struct SyntaxErrorTests {
  @Test(arguments: [
    ("", "1:1: expected a value, found the end of the text"),
    ("  \n ", "2:2: expected a value, found the end of the text"),
    ("nul", "1:1: expected a value, found \"n\""),
    ("True", "1:1: expected a value, found \"T\""),
    ("NaN", "1:1: expected a value, found \"N\""),
    ("Infinity", "1:1: expected a value, found \"I\""),
    ("]", "1:1: expected a value, found \"]\""),
    ("'a'", "1:1: expected a value, found \"'\""),
    ("// one\n1", "1:1: expected a value, found \"/\"; JSON has no comments"),
    ("«1»", "1:1: expected a value, found \"«\""),
    ("😀", "1:1: expected a value, found \"😀\""),
    ("\u{A0}1", "1:1: expected a value, found \"\u{A0}\""),
    ("\u{0}", "1:1: expected a value, found the control character U+0000"),
    ("\n\u{B}1", "2:1: expected a value, found the control character U+000B"),
    ("\u{7F}", "1:1: expected a value, found the control character U+007F"),
    ("\u{FEFF}{}", "1:1: the text starts with a byte order mark; save it without"),
    ("nullx", "1:5: expected the end of the text, found \"x\""),
    ("1 2", "1:3: expected the end of the text, found \"2\""),
    ("1 \"a\"", "1:3: expected the end of the text, found '\"'"),
    ("{}}", "1:3: expected the end of the text, found \"}\""),
    ("[1]\n// end", "2:1: expected the end of the text, found \"/\""),
    ("[1]\u{0}", "1:4: expected the end of the text, found the control character U+0000"),
  ])
  func `a text that is no value is refused`(text: String, error: String) {
    #expect(complaint(about: text) == error)
  }

  @Test(arguments: [
    ("[", "1:2: expected a value, found the end of the text"),
    ("[1", "1:3: expected \",\" or \"]\", found the end of the text"),
    ("[1,", "1:4: expected a value, found the end of the text"),
    ("[1 2]", "1:4: expected \",\" or \"]\", found \"2\""),
    ("[1}", "1:3: expected \",\" or \"]\", found \"}\""),
    ("[1,]", "1:3: a comma before \"]\" is not allowed in JSON"),
    ("[\n  1,\n]", "2:4: a comma before \"]\" is not allowed in JSON"),
    ("[,1]", "1:2: expected a value, found \",\""),
    ("[1,,2]", "1:4: expected a value, found \",\""),
    ("[é]", "1:2: expected a value, found \"é\""),
    ("[\"é😀\",é]", "1:7: expected a value, found \"é\""),
    ("{", "1:2: expected a name in quotes, found the end of the text"),
    ("{a:1}", "1:2: expected a name in quotes, found \"a\""),
    ("{'a':1}", "1:2: expected a name in quotes, found \"'\""),
    ("{1:2}", "1:2: expected a name in quotes, found \"1\""),
    ("{,}", "1:2: expected a name in quotes, found \",\""),
    (#"{"a":1,"#, "1:8: expected a name in quotes, found the end of the text"),
    (#"{"a":1,,"b":2}"#, "1:8: expected a name in quotes, found \",\""),
    (#"{"a"}"#, "1:5: expected \":\" after a name, found \"}\""),
    (#"{"a" 1}"#, "1:6: expected \":\" after a name, found \"1\""),
    (#"{"a"="1"}"#, "1:5: expected \":\" after a name, found \"=\""),
    ("{\"é\":1,\n \"ü😀\" 2}", "2:7: expected \":\" after a name, found \"2\""),
    (#"{"a":}"#, "1:6: expected a value, found \"}\""),
    (#"{"a":1"#, "1:7: expected \",\" or \"}\", found the end of the text"),
    (#"{"a":1 "b":2}"#, "1:8: expected \",\" or \"}\", found '\"'"),
    (#"{"a":1]"#, "1:7: expected \",\" or \"}\", found \"]\""),
    (#"{"a":1,}"#, "1:7: a comma before \"}\" is not allowed in JSON"),
    ("{\"a\":[1,\r\n2,\r\n]}", "2:2: a comma before \"]\" is not allowed in JSON"),
  ])
  func `a fault in an array or object is named`(text: String, error: String) {
    #expect(complaint(about: text) == error)
  }

  @Test(arguments: [
    ("01", "1:1: a number can't start with 0"), ("-01", "1:1: a number can't start with 0"),
    ("[1, 00.5]", "1:5: a number can't start with 0"),
    ("-", "1:2: expected a digit, found the end of the text"),
    ("-a", "1:2: expected a digit, found \"a\""),
    ("-Infinity", "1:2: expected a digit, found \"I\""),
    ("--1", "1:2: expected a digit, found \"-\""), ("+1", "1:1: expected a value, found \"+\""),
    (".5", "1:1: expected a value, found \".\""),
    ("1.", "1:3: expected a digit after the decimal point, found the end of the text"),
    ("1.e5", "1:3: expected a digit after the decimal point, found \"e\""),
    ("1.5.5", "1:4: expected the end of the text, found \".\""),
    ("1e", "1:3: expected a digit in the exponent, found the end of the text"),
    ("1E+", "1:4: expected a digit in the exponent, found the end of the text"),
    ("1e+-5", "1:4: expected a digit in the exponent, found \"-\""),
    ("1e٣", "1:3: expected a digit in the exponent, found \"٣\""),
    ("1e5.5", "1:4: expected the end of the text, found \".\""),
    ("0x10", "1:2: expected the end of the text, found \"x\""),
    ("1_000", "1:2: expected the end of the text, found \"_\""),
    ("1e400", "1:1: the number 1e400 is out of range"),
    ("[-1e309]", "1:2: the number -1e309 is out of range"),
    (
      String(repeating: "9", count: 400),
      "1:1: the number 9999999999999999999999999999999999999999 is out of range"
    ),
  ])
  func `a fault in a number is named`(text: String, error: String) {
    #expect(complaint(about: text) == error)
  }

  @Test(arguments: [
    ("\"abc", "1:1: this string has no closing quote"),
    ("\"", "1:1: this string has no closing quote"),
    ("[\"a\", \"b]", "1:7: this string has no closing quote"),
    (#""a\"#, "1:1: this string has no closing quote"),
    (#""a\""#, "1:1: this string has no closing quote"),
    ("[\"a\nb\"]", "1:2: this string has no closing quote on its line"),
    ("[1,\n\"é\r\nb\"]", "2:1: this string has no closing quote on its line"),
    ("\"é\tb\"", "1:3: the control character U+0009 must be escaped in a string"),
    ("\"\u{1F}\"", "1:2: the control character U+001F must be escaped in a string"),
    (
      #""é\x""#,
      #"1:3: unknown escape; JSON has \" \\ \/ \b \f \n \r \t \u"#
    ),
    ("\"\\\n\"", #"1:2: unknown escape; JSON has \" \\ \/ \b \f \n \r \t \u"#),
    (#""\U0041""#, #"1:2: unknown escape; JSON has \" \\ \/ \b \f \n \r \t \u"#),
    (#""\u12""#, "1:2: this escape is cut off"), (#""\u""#, "1:2: this escape is cut off"),
    (#""\u12g4""#, #"1:2: \u takes four hexadecimal digits"#),
    (#""\u+123""#, #"1:2: \u takes four hexadecimal digits"#),
    (#""\u12é""#, #"1:2: \u takes four hexadecimal digits"#),
    (#""\ud800""#, "1:2: this surrogate has no partner"),
    (#""\udc00""#, "1:2: this surrogate has no partner"),
    (#""\udc00\ud800""#, "1:2: this surrogate has no partner"),
    (#""\ud800x""#, "1:2: this surrogate has no partner"),
    (#""\ud800\n0000""#, "1:2: this surrogate has no partner"),
    (#""\ud800\ue000""#, "1:2: this surrogate has no partner"),
    (#""\ud800\u0041""#, "1:2: this surrogate has no partner"),
    (#""\udbff\ud800""#, "1:2: this surrogate has no partner"),
    (#""\ud800\u""#, "1:8: this escape is cut off"),
    (#""\ud800\udc0""#, "1:8: this escape is cut off"),
    (#""\ud800\udcxx""#, #"1:8: \u takes four hexadecimal digits"#),
    (#"{"\q":1}"#, #"1:3: unknown escape; JSON has \" \\ \/ \b \f \n \r \t \u"#),
  ])
  func `a fault in a string is named`(text: String, error: String) {
    #expect(complaint(about: text) == error)
  }

  @Test(arguments: [[0xFF, 0xFE, 0x7B, 0x00], [0xFE, 0xFF, 0x00, 0x7B]] as [[UInt8]])
  func `another encoding is named`(bytes: [UInt8]) {
    #expect(complaint(about: bytes) == "1:1: the text is UTF-16; save it as UTF-8")
  }

  @Test(
    arguments: [
      [0xFF], [0x80], [0xC3], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF0, 0x9F, 0x98], [0xF8, 0x88, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
  func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
    let quote: [UInt8] = [0x22]
    let invalid = "this string is not valid UTF-8"
    #expect(complaint(about: quote + bytes + quote) == "1:2: \(invalid)")
    #expect(
      complaint(about: Array(#"["é", "\n"#.utf8) + bytes + Array("\"]".utf8)) == "1:8: \(invalid)")
    #expect(complaint(about: Array("{\"".utf8) + bytes + Array("\":1}".utf8)) == "1:3: \(invalid)")
    #expect(complaint(about: bytes) == "1:1: expected a value, found \"\u{FFFD}\"")
  }
}
