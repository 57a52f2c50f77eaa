import PatchbayOptions
import Testing

struct NearestNameTests {
  @Test(arguments: [
    ("webhok", "webhook"), ("ur", "url"), ("connecton", "connection"), ("pots", "post"),
    ("flushEvery", "flush_every"), ("FLUSH-EVERY", "flush_every"), ("byte", "bytes"),
    ("bytse", "bytes"), ("randm", "random"),
  ])
  func `a misspelt name is near the one that was meant`(name: String, meant: String) {
    let names = ["webhook", "url", "connection", "post", "flush_every", "bytes", "random"]
    #expect(NearestName.of(name, among: names) == meant)
  }

  @Test(arguments: ["", "x", "jitter", "password", String(repeating: "url", count: 100_000)])
  func `a name that is far from all others has no nearest`(name: String) {
    #expect(NearestName.of(name, among: ["webhook", "url", "connection", "a", "b"]) == nil)
  }

  @Test func `of several near names the nearest counts, then the first`() {
    #expect(NearestName.of("sources", among: ["source", "resources", "sources_"]) == "sources_")
    #expect(NearestName.of("cat", among: ["bat", "car", "cab"]) == "bat")
    #expect(NearestName.of("cat", among: [String]()) == nil)
  }
}
