import PatchbayJSON
import Testing

struct RoundTripTests {
  @Test(arguments: [JSONWriter.Layout.compact, .pretty])
  func `any value reads back as itself`(layout: JSONWriter.Layout) throws {
    var random = RandomJSON(seed: layout == .compact ? 3 : 4)
    var failures: [String] = []
    for _ in 0..<10_000 {
      let value = random.value()
      let text = value.text(layout)
      let read = try JSONValue(parsing: text)
      if read != value || read.bytes != value.bytes { failures.append(text) }
    }
    #expect(failures.prefix(5) == [])
  }

  @Test func `a node made from a value gives it back`() {
    var random = RandomJSON(seed: 5)
    var failures: [String] = []
    for _ in 0..<2_000 {
      let value = random.value()
      if JSONNode(value).value.bytes != value.bytes { failures.append(value.text()) }
    }
    #expect(failures.prefix(5) == [])
  }
}
