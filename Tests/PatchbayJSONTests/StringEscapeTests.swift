import PatchbayJSON
import Testing

struct StringEscapeTests {
  @Test(arguments: [
    (#""""#, ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""/""#, "/"),
    (#""\u0000\u001f\u007F""#, "\u{0}\u{1F}\u{7F}"), (#""\u00e9\u00E9""#, "\u{E9}\u{E9}"),
    (#""\u20ac€""#, "€€"), (#""\ud83d\ude00""#, "😀"), (#""\uD83D\uDE00😀""#, "😀😀"),
    (#""\ud800\udc00""#, "\u{10000}"), (#""\udbff\udfff""#, "\u{10FFFF}"),
    (#""\ud7ff\ue000\uffff""#, "\u{D7FF}\u{E000}\u{FFFF}"), (#""\\u0041""#, #"\u0041"#),
    (#""\\\"""#, #"\""#), ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"), (#""e\u0301""#, "e\u{301}"),
    (#""\ufeff""#, "\u{FEFF}"),
  ])
  func `an escape stands for its character`(text: String, string: String) throws {
    let read = try #require(try JSONValue(parsing: text).string)
    #expect(Array(read.utf8) == Array(string.utf8))
  }

  @Test func `names are unescaped like strings`() throws {
    #expect(try JSONValue(parsing: #"{"\ud83d\ude00\n":1}"#) == ["😀\n": 1])
  }
}
