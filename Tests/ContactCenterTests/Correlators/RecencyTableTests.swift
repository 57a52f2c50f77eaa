import ContactCenter
import PatchbayCore
import Testing

/// The table does what a list in order of use does, in less time.
struct RecencyTableTests {
  /// Keys and values, the least recently seen first.
  private struct Model {
    var entries: [(key: Int, value: Int)] = []
    var forgotten = 0
    let capacity: Int

    mutating func see(_ key: Int) -> Int? {
      guard let place = entries.firstIndex(where: { $0.key == key }) else { return nil }
      let entry = entries.remove(at: place)
      entries.append(entry)
      return entry.value
    }

    mutating func set(_ key: Int, _ value: Int) {
      if see(key) != nil {
        entries[entries.count - 1].value = value
        return
      }
      if entries.count == capacity {
        entries.removeFirst()
        forgotten += 1
      }
      entries.append((key, value))
    }

    mutating func remove(_ key: Int) { entries.removeAll { $0.key == key } }
  }

  @Test(arguments: [1, 2, 3, 10])
  func `any order of uses is that of a list`(capacity: Int) {
    var random = KeyedRandom(seed: 5, purpose: "recency-table", UInt64(capacity))
    var model = Model(capacity: capacity)
    var table = RecencyTable<Int, Int>(capacity: capacity)
    for step in 0..<5_000 {
      let key = Int.random(in: 0..<capacity * 2, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: #expect(table.see(key) == model.see(key))
      case 1:
        table.remove(key)
        model.remove(key)
      default:
        table.set(key, step)
        model.set(key, step)
      }
      #expect(table.count == model.entries.count)
      #expect(table.forgotten == model.forgotten)
    }
    #expect(
      table.all.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
        == model.entries.sorted { $0.key < $1.key }.map { [$0.key, $0.value] })
  }
}
