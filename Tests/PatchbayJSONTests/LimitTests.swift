import PatchbayJSON
import Testing

struct LimitTests {
  @Test(arguments: [("[", "]"), (#"{"a":"#, "}")])
  func `nesting is allowed up to the limit`(opening: String, closing: String) {
    let inner = opening == "[" ? "" : "1"
    func text(_ depth: Int) -> String {
      String(repeating: opening, count: depth) + inner + String(repeating: closing, count: depth)
    }
    let column = 64 * opening.count + 1
    #expect(complaint(about: text(64)) == "accepted")
    #expect(
      complaint(about: text(65))
        == "1:\(column): arrays and objects are nested deeper than 64 levels")
    #expect(complaint(about: text(3), limits: JSONLimits(depth: 3)) == "accepted")
  }

  @Test func `a depth of nothing allows only scalars`() {
    let limits = JSONLimits(depth: 0)
    let error = "1:1: arrays and objects are nested deeper than 0 levels"
    #expect(complaint(about: "1", limits: limits) == "accepted")
    #expect(complaint(about: "\"a\"", limits: limits) == "accepted")
    #expect(complaint(about: "[]", limits: limits) == error)
    #expect(complaint(about: "{}", limits: limits) == error)
  }

  @Test func `siblings don't count as depth`() {
    #expect(complaint(about: "[[],[],{},[[]]]", limits: JSONLimits(depth: 3)) == "accepted")
  }

  @Test func `an endless opening can't exhaust the stack`() {
    let text = String(repeating: "[", count: 1_000_000)
    #expect(
      complaint(about: text) == "1:65: arrays and objects are nested deeper than 64 levels")
  }

  @Test func `a text may be as long as the limit`() {
    let limits = JSONLimits(bytes: 8)
    #expect(complaint(about: "\"123456\"", limits: limits) == "accepted")
    #expect(
      complaint(about: "\"1234567\"", limits: limits) == "1:1: the text has 9 bytes, the limit is 8"
    )
    #expect(
      complaint(about: " \"123é\" ", limits: limits) == "1:1: the text has 9 bytes, the limit is 8")
  }

  @Test func `the defaults are 16 MiB and 64 levels`() {
    #expect(JSONLimits().bytes == 16_777_216)
    #expect(JSONLimits().depth == 64)
  }
}
