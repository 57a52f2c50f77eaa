import ContactCenter
import PatchbayCore
import Testing

/// Ids are recognised while they are remembered, and nobody can make two look the same.
struct RecentIDsTests {
  /// Pairs that FNV-1a of 64 bits gives the same hash; whatever is mixed in behind it, they collide.
  private static let colliding = [
    ("8yn0iYCKYHlIj4-BwPqk", "GReLUrM4wMqfg9yzV3KQ"),
    ("gMPflVXtwGDXbIhP73TX", "LtHf1prlU1bCeYZEdqWf"),
  ]

  private func insert(_ id: String, into recent: inout RecentIDs) -> Bool {
    insert(Array(id.utf8)[...], into: &recent)
  }

  private func insert(_ id: ArraySlice<UInt8>, into recent: inout RecentIDs) -> Bool {
    recent.insert(id)
  }

  @Test(arguments: [0, 1, 42, UInt64.max])
  func `ids that collide under FNV-1a are told apart`(seed: UInt64) {
    var recent = RecentIDs(capacity: 10, seed: seed)
    for (one, other) in Self.colliding {
      #expect(KeyedRandom.key(one.utf8) == KeyedRandom.key(other.utf8))
      #expect(insert(one, into: &recent))
      #expect(insert(other, into: &recent))
      #expect(!insert(one, into: &recent))
      #expect(!insert(other, into: &recent))
    }
  }

  @Test func `the oldest id is forgotten first`() {
    var recent = RecentIDs(capacity: 3, seed: 1)
    for number in 0..<3 { #expect(insert("\(number)", into: &recent)) }
    #expect(!insert("0", into: &recent))
    #expect(insert("3", into: &recent))
    #expect(insert("0", into: &recent))
    #expect(!insert("2", into: &recent))
    #expect(!insert("3", into: &recent))
    #expect(insert("1", into: &recent))
  }

  @Test(arguments: [1, 2, 3, 10, 100])
  func `any order of ids is remembered as in a list`(capacity: Int) {
    var random = KeyedRandom(seed: 3, purpose: "recent-ids-test", UInt64(capacity))
    var recent = RecentIDs(capacity: capacity, seed: 1)
    var list: [String] = []
    for _ in 0..<5_000 {
      let id = "id-\(random.next() % UInt64(2 * capacity))"
      let isNew = !list.contains(id)
      #expect(insert(id, into: &recent) == isNew)
      guard isNew else { continue }
      list.append(id)
      if list.count > capacity { list.removeFirst() }
    }
  }

  @Test func `an id is its bytes, wherever they lie`() {
    var recent = RecentIDs(capacity: 3, seed: 1)
    let text = Array("id-1 id-1 id-12".utf8)
    #expect(insert(text[0..<4], into: &recent))
    #expect(!insert(text[5..<9], into: &recent))
    #expect(insert(text[10...], into: &recent))
    #expect(insert("", into: &recent))
    #expect(!insert("", into: &recent))
  }
}
