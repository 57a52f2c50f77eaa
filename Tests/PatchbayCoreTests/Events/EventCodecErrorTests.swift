import PatchbayCore
import Testing

struct EventCodecErrorTests {
  @Test(arguments: [
    ("", "1: expected an object, found the end of the text"),
    ("  ", "3: expected an object, found the end of the text"),
    ("[]", "1: expected an object, found \"[\""), ("null", "1: expected an object, found \"n\""),
    ("\u{FEFF}{}", "1: expected an object, found \"\u{FEFF}\""),
    ("{", "2: expected a name in quotes, found the end of the text"),
    ("{state:\"a\"}", "2: expected a name in quotes, found \"s\""),
    (#"{,"x":1}"#, "2: expected a name in quotes, found \",\""),
    (#"{"x":1,}"#, "8: expected a name in quotes, found \"}\""),
    (#"{"x":1,,"y":2}"#, "8: expected a name in quotes, found \",\""),
    (#"{"x"}"#, "5: expected \":\" after a name, found \"}\""),
    (#"{"é" 1}"#, "7: expected \":\" after a name, found \"1\""),
    (#"{"x":}"#, "6: expected a value, found \"}\""),
    (#"{"x":tru}"#, "6: expected a value, found \"t\""),
    (#"{"x":1"#, "7: expected \",\" or \"}\", found the end of the text"),
    (#"{"x":1 "y":2}"#, "8: expected \",\" or \"}\", found '\"'"),
    (#"{"x":[1 2]}"#, "9: expected \",\" or \"]\", found \"2\""),
    (#"{"x":01}"#, "6: a number can't start with 0"),
    (#"{"x":1.}"#, "8: expected a digit after the decimal point, found \"}\""),
    (#"{"x":1e999}"#, "6: the number 1e999 is out of range"),
    (#"{"x":"a"#, "6: this string has no closing quote"),
    ("{\"x\":\"\t\"}", "7: the control character U+0009 must be escaped in a string"),
    ("{}{}", "3: expected the end of the record, found \"{\""),
    ("{} x", "4: expected the end of the record, found \"x\""),
    ("{}\u{0}", "3: expected the end of the record, found the control character U+0000"),
    (#"{"\x":1}"#, #"3: unknown escape; JSON has \" \\ \/ \b \f \n \r \t \u"#),
    (#"{"state":"\ud800"}"#, "11: this surrogate has no partner"),
    (#"{"state":"a}"#, "10: this string has no closing quote"),
    (#"{"x":1,"x":2}"#, "8: \"x\" is set twice"),
    (#"{"state":"a","x":1,"state":"b"}"#, "20: \"state\" is set twice"),
    (#"{"state":"a","st\u0061te":"b"}"#, "14: \"state\" is set twice"),
    (#"{"sequence_id":1}"#, "16: sequence_id: expected a string, found a number"),
    (#"{"timestamp":null}"#, "14: timestamp: expected a string, found null"),
    (#"{"interaction_id":[]}"#, "19: interaction_id: expected a string, found an array"),
    (#"{"agent_id": {}}"#, "14: agent_id: expected a string, found an object"),
    (#"{"state":true}"#, "10: state: expected a string, found a Boolean"),
    (#"{"event_type":}"#, "15: event_type: expected a string, found \"}\""),
  ])
  func `a record that is no event is refused`(record: String, error: String) {
    #expect(complaint(about: Array(record.utf8)) == error)
  }

  @Test(arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]] as [[UInt8]])
  func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
    let invalid = "this string is not valid UTF-8"
    #expect(
      complaint(about: Array("{\"x\":\"".utf8) + bytes + Array("\"}".utf8)) == "7: \(invalid)")
    #expect(
      complaint(about: Array("{\"state\":\"".utf8) + bytes + Array("\"}".utf8)) == "11: \(invalid)")
    #expect(complaint(about: Array("{\"".utf8) + bytes + Array("\":1}".utf8)) == "3: \(invalid)")
  }

  @Test func `members may nest 32 levels`() {
    func record(_ depth: Int) -> [UInt8] {
      let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      return Array("{\"x\":\(nested)}".utf8)
    }
    #expect(EventCodec.depth == 32)
    #expect(complaint(about: record(32)) == "accepted")
    #expect(complaint(about: record(33)) == "38: arrays and objects are nested too deep")
    #expect(complaint(about: record(100_000)) == "38: arrays and objects are nested too deep")
  }

  @Test(arguments: [
    (#"{"x":"\q"}"#, #"7: unknown escape; JSON has \" \\ \/ \b \f \n \r \t \u"#),
    ("{\"x\":\"\\\n\"}", #"7: unknown escape; JSON has \" \\ \/ \b \f \n \r \t \u"#),
    (#"{"x":{"\q":1}}"#, #"8: unknown escape; JSON has \" \\ \/ \b \f \n \r \t \u"#),
    (#"{"x":["\u12"]}"#, "8: this escape is cut off"),
    (#"{"x":"\ud800"}"#, "7: this surrogate has no partner"),
    ("{\"x\":\"a\nb\"}", "6: this string has no closing quote on its line"),
  ])
  func `a bad string in an attribute is refused`(record: String, error: String) {
    #expect(complaint(about: Array(record.utf8)) == error)
  }

  @Test func `a refused record leaves the batch as it was`() throws {
    var batch = EventBatch(symbols: SymbolTable())
    try batch.append(record: #"{"state":"a"}"#)
    let size = batch.arena.count
    for record in [#"{"state":"b","x":}"#, "", #"{"state":"b","state":"c"}"#] {
      #expect(throws: EventCodec.Failure.self) { try batch.append(record: record) }
    }
    #expect(batch.lines == [#"{"state":"a"}"#])
    #expect(batch.arena.count == size)
  }

  private func complaint(about record: [UInt8]) -> String {
    var batch = EventBatch(symbols: SymbolTable())
    do {
      try EventCodec.append(record, in: record.indices, to: &batch, intended: SampleEvents.time)
      return "accepted"
    } catch {
      return "\(error.column): \(error.message)"
    }
  }
}
