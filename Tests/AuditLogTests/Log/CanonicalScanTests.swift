import AuditLog
import PatchbayJSON
import PatchbayTesting
import Testing

/// Whatever the scan takes for canonical is; what our own records look like it takes.
struct CanonicalScanTests {
  private func isCanonical(_ text: [UInt8]) -> Bool {
    var scan = CanonicalScan()
    return text.withUnsafeBytes { scan.isCanonical($0) }
  }

  @Test(arguments: [
    #"{}"#, #"{"a":1}"#, #"{"a":-1,"b":0}"#, #"{"a":{"b":[]},"c":[1,"x",{"d":null}]}"#,
    #"{"a":"\"\\\b\f\n\r\t\u0001\u001f"}"#, #"{"a":true,"aa":false}"#,
    #"{"a":"\#u{e9}/\#u{1F600}"}"#,
    #"{"a":999999999999999}"#,
  ])
  func `canonical objects are taken`(text: String) throws {
    let bytes = Array(text.utf8)
    #expect(try JSONValue(parsing: bytes).canonical() == bytes)
    #expect(isCanonical(bytes))
  }

  @Test(arguments: [
    "", "{", "}", "[]", "1", #"{"a":1 }"#, #"{ "a":1}"#, #"{"a": 1}"#, #"{"b":1,"a":1}"#,
    #"{"a":1,"a":1}"#, #"{"a":01}"#, #"{"a":-0}"#, #"{"a":1.0}"#, #"{"a":1e2}"#, #"{"a":"\/"}"#,
    #"{"a":"\u0041"}"#, #"{"a":"\u000a"}"#, #"{"a":"\u001F"}"#, #"{"a":"\u0008"}"#, #"{"a":1,}"#,
    #"{"a"}"#, #"{"a":}"#, #"{"a":"b}"#, #"{"a":tru}"#, #"{"a":[1,]}"#, #"{"a":1}{}"#, #"{"a":"\"#,
    #"{"a":"\u00"#, #"{"a":+1}"#, #"{"a":9007199254740993}"#, "{\"a\":\"\n\"}", #"{"aa":1,"a":1}"#,
  ])
  func `whatever isn't surely canonical is left to others`(text: String) {
    #expect(!isCanonical(Array(text.utf8)))
  }

  @Test func `the vectors' outputs are canonical and their inputs become them`() throws {
    let names = Vectors.files("jcs/testdata/input")
    #expect(names.count == 6)
    for name in names {
      let output = try Vectors.bytes("jcs/testdata/output/\(name)")
      let input = try JSONValue(parsing: Vectors.bytes("jcs/testdata/input/\(name)"))
      #expect(input.canonical() == output, "\(name)")
    }
  }

  /// Bytes of canonical texts are changed, taken away and put in; the scan may be wrong in one way only.
  @Test func `no changed text is taken that isn't canonical`() throws {
    var random = SystemRandomNumberGenerator()
    let texts = [
      #"{"agent_id":"a","attributes":{"n":1,"o":[true,null,"x\n"]},"logged_at":"t","seq":12,"v":1}"#,
      #"{"a":"\u0001\"","b":{"c":-5,"d":0},"e":[[],{}]}"#,
    ]
    let alphabet = Array("\"\\{}[]:,0123456789-.eEaAbBuntf/ \n\u{0}\u{e9}".utf8)
    var taken = 0
    for _ in 0..<40_000 {
      var text = Array(texts.randomElement(using: &random)!.utf8)
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let place = text.indices.randomElement(using: &random)!
        let byte = alphabet.randomElement(using: &random)!
        switch Int.random(in: 0..<3, using: &random) {
        case 0: text[place] = byte
        case 1: text.insert(byte, at: place)
        default: text.remove(at: place)
        }
      }
      guard isCanonical(text), String(validating: text, as: UTF8.self) != nil else { continue }
      taken += 1
      let value = try? JSONValue(parsing: text)
      #expect(value?.canonical() == text, "\(String(decoding: text, as: UTF8.self))")
    }
    #expect(taken > 1_000)
  }
}
