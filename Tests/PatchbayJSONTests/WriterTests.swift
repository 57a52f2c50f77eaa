import PatchbayJSON
import Testing

struct WriterTests {
  private static let value: JSONValue = [
    "name": "a \"b\" \\ / é 😀", "none": .null, "yes": true, "no": false,
    "numbers": [0, -1, 1.5, 1e21], "empty": [[], [:], ""],
    "nested": ["z": ["y": [["x": 1]]], "a": 2],
  ]

  @Test func `compact is one line without blanks, members in order`() {
    #expect(
      Self.value.text()
        == #"{"name":"a \"b\" \\ / é 😀","none":null,"yes":true,"no":false,"#
        + #""numbers":[0,-1,1.5,1e+21],"empty":[[],{},""],"nested":{"z":{"y":[{"x":1}]},"a":2}}"#)
  }

  @Test func `pretty is one member a line, two blanks a level`() {
    #expect(
      Self.value.text(.pretty) == #"""
        {
          "name": "a \"b\" \\ / é 😀",
          "none": null,
          "yes": true,
          "no": false,
          "numbers": [
            0,
            -1,
            1.5,
            1e+21
          ],
          "empty": [
            [],
            {},
            ""
          ],
          "nested": {
            "z": {
              "y": [
                {
                  "x": 1
                }
              ]
            },
            "a": 2
          }
        }
        """#)
  }

  @Test func `a level indents all lines but the first`() {
    var bytes = Array("  \"a\": ".utf8)
    JSONWriter.append(["b": [1]], to: &bytes, layout: .pretty, level: 1)
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
          "a": {
            "b": [
              1
            ]
          }
        """)
  }

  @Test func `a string has the escapes that JSON demands and no others`() {
    let controls = String(String.UnicodeScalarView((0..<32).compactMap { Unicode.Scalar($0) }))
    #expect(
      JSONValue.string(controls).text()
        == #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"#
        + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c"#
        + #"\u001d\u001e\u001f""#)
    #expect(JSONValue.string("/\u{7F}\u{80}\u{2028}").text() == "\"/\u{7F}\u{80}\u{2028}\"")
  }

  @Test func `the inside of a string is escaped without quotes`() {
    var bytes: [UInt8] = [0x3C]
    JSONWriter.append(escaping: "a\"\n".utf8, to: &bytes)
    #expect(bytes == Array(#"<a\"\n"#.utf8))
    JSONWriter.append("é\\", to: &bytes)
    #expect(bytes == Array(#"<a\"\n"é\\""#.utf8))
  }
}
