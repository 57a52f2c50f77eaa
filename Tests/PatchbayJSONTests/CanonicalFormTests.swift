import PatchbayJSON
import Testing

struct CanonicalFormTests {
  @Test func `members are sorted by UTF-16 code units at every level`() throws {
    // By code points U+FB33 would come before U+1F602; its surrogates come first.
    let value: JSONValue = [
      "\u{FB33}": 1, "😂": 2, "€": 3, "b": ["z": 1, "\r": 2, "A": 3, "": 4], "aa": 4, "a": 5,
      "\u{10000}": [["y": 1, "x": 2]],
    ]
    #expect(
      String(decoding: value.canonical(), as: UTF8.self)
        == #"{"a":5,"aa":4,"b":{"":4,"\r":2,"A":3,"z":1},"€":3,"#
        + "\"\u{10000}\":[{\"x\":2,\"y\":1}],\"😂\":2,\"\u{FB33}\":1}")
  }

  @Test(arguments: [
    ("9007199254740991", "9007199254740991"), ("9007199254740993", "9007199254740992"),
    ("-9007199254740993", "-9007199254740992"), ("9223372036854775807", "9223372036854776000"),
    ("-9223372036854775808", "-9223372036854776000"),
    ("123456789012345680000", "123456789012345680000"),
    ("1234567890123456789012", "1.2345678901234568e+21"), ("-0", "0"), ("-0.0", "0"),
    ("1.0", "1"), ("1E30", "1e+30"), ("4.50", "4.5"), ("2e-3", "0.002"), ("1e-400", "0"),
  ])
  func `numbers become the nearest floating-point value`(text: String, canonical: String) throws {
    #expect(String(decoding: try JSONValue(parsing: text).canonical(), as: UTF8.self) == canonical)
  }

  @Test func `what is equal in value has one canonical form`() throws {
    let one = try JSONValue(parsing: "{ \"b\" : 1.0, \"a\" : \"\\u00e9\\u002f\" }")
    let other = try JSONValue(parsing: #"{"a":"é\/","b":10e-1}"#)
    #expect(one.canonical() == other.canonical())
    #expect(String(decoding: one.canonical(), as: UTF8.self) == #"{"a":"é/","b":1}"#)
  }

  @Test func `texts are not normalised`() throws {
    let value = try JSONValue(parsing: #"["A\u030a","\u00c5"]"#)
    #expect(value.canonical() == Array("[\"A\u{30A}\",\"\u{C5}\"]".utf8))
  }

  @Test func `a canonical form is its own canonical form`() throws {
    var random = RandomJSON(seed: 1)
    var failures: [String] = []
    for _ in 0..<2_000 {
      let canonical = random.value().canonical()
      if try JSONValue(parsing: canonical).canonical() != canonical {
        failures.append(String(decoding: canonical, as: UTF8.self))
      }
    }
    #expect(failures.prefix(5) == [])
  }
}
