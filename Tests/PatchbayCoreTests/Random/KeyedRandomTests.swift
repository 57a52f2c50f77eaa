import PatchbayCore
import Testing

struct KeyedRandomTests {
  @Test func `the same key draws the same`() {
    var one = KeyedRandom(seed: 42, purpose: "dwell", 1, 2)
    var other = KeyedRandom(seed: 42, purpose: "dwell", 1, 2)
    #expect((0..<100).map { _ in one.next() } == (0..<100).map { _ in other.next() })
  }

  @Test func `the draws never change from release to release`() {
    var random = KeyedRandom(seed: 42, purpose: "dwell", 1, 2)
    #expect(
      (0..<3).map { _ in random.next() } == [
        10_063_806_238_811_585_976, 16_395_676_008_535_866_134, 14_467_312_025_345_907_101,
      ])
    #expect(
      KeyedRandom.key("7c9e6679-7425-40de-944b-e07fc1f90ae7".utf8) == 2_255_303_924_846_871_083)
  }

  @Test func `every part of a key matters`() {
    let generators = [
      KeyedRandom(seed: 42, purpose: "dwell", 1, 2), KeyedRandom(seed: 43, purpose: "dwell", 1, 2),
      KeyedRandom(seed: 42, purpose: "dwelt", 1, 2), KeyedRandom(seed: 42, purpose: "dwel", 1, 2),
      KeyedRandom(seed: 42, purpose: "dwell", 2, 1), KeyedRandom(seed: 42, purpose: "dwell", 1),
      KeyedRandom(seed: 42, purpose: "dwell", 1, 2, 0), KeyedRandom(seed: 42, purpose: "dwell"),
      KeyedRandom(seed: 42, purpose: "", 1, 2), KeyedRandom(seed: 0, purpose: ""),
      KeyedRandom(seed: 0, purpose: "", 0), KeyedRandom(seed: 1, purpose: "dwell", 42, 2),
    ]
    let draws = generators.map { generator in
      var generator = generator
      return generator.next()
    }
    #expect(Set(draws).count == draws.count)
  }

  @Test func `neighbouring keys share no draws`() {
    var draws: Set<UInt64> = []
    for key in 0..<1_000 {
      var random = KeyedRandom(seed: 1, purpose: "dwell", UInt64(key))
      for _ in 0..<10 { draws.insert(random.next()) }
    }
    #expect(draws.count == 10_000)
  }

  @Test func `a unit is from 0 up to 1, evenly`() {
    var random = KeyedRandom(seed: 7, purpose: "unit")
    var buckets = Array(repeating: 0, count: 20)
    var sum = 0.0
    for _ in 0..<100_000 {
      let unit = random.unit()
      guard (0..<1).contains(unit) else {
        Issue.record("\(unit) is out of range")
        return
      }
      buckets[Int(unit * 20)] += 1
      sum += unit
    }
    // Five standard deviations: 5000 ± 345 a bucket, 0.5 ± 0.0046 the mean.
    #expect(buckets.allSatisfy { (4_655...5_345).contains($0) })
    #expect(abs(sum / 100_000 - 0.5) < 0.0046)
  }

  @Test func `the first draws of many keys are even too`() {
    var buckets = Array(repeating: 0, count: 20)
    for key in 0..<100_000 {
      var random = KeyedRandom(seed: 7, purpose: "unit", UInt64(key))
      buckets[Int(random.unit() * 20)] += 1
    }
    #expect(buckets.allSatisfy { (4_655...5_345).contains($0) })
  }

  @Test func `every bit is set half of the time`() {
    var random = KeyedRandom(seed: 8, purpose: "bits")
    var counts = Array(repeating: 0, count: 64)
    for _ in 0..<10_000 {
      let draw = random.next()
      for bit in 0..<64 where draw >> UInt64(bit) & 1 == 1 { counts[bit] += 1 }
    }
    #expect(counts.allSatisfy { (4_750...5_250).contains($0) })
  }

  @Test func `texts have keys of their own`() {
    let texts =
      ["", "a", "b", "ab", "ba", "aa", "\u{0}", "\u{0}\u{0}"] + (0..<1_000).map(String.init)
    #expect(Set(texts.map { KeyedRandom.key($0.utf8) }).count == texts.count)
    #expect(KeyedRandom.key("ab".utf8) == KeyedRandom.key([0x61, 0x62]))
  }
}
