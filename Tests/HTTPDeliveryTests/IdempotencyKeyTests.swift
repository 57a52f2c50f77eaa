import HTTPDelivery
import PatchbayCore
import Testing

/// One key for the same events of a run, others for all else.
struct IdempotencyKeyTests {
  private let run = UUIDBits(high: 1, low: 2)

  private func key(_ ids: [String], run: UUIDBits? = nil) -> String {
    IdempotencyKey.text(run ?? self.run, ids.map { ArraySlice($0.utf8) })
  }

  @Test func `the same events have the same key`() {
    #expect(key(["a", "b"]) == key(["a", "b"]))
    #expect(key(["a"]).utf8.count == 64)
  }

  @Test func `other events, another order or another run have another`() {
    let keys = [
      key(["a", "b"]), key(["b", "a"]), key(["ab"]), key(["a"]), key([]),
      key(["a", "b"], run: UUIDBits(high: 1, low: 3)),
    ]
    #expect(Set(keys).count == keys.count)
  }
}
