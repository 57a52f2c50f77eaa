import PatchbayCore

/// Remembers the last so many ids, by 64-bit hashes.
///
/// Two different ids are taken for the same once in 2^64 / capacity times: with a million ids, one
/// event in 18 million million. The hash is seeded, so that nobody can aim at it.
struct RecentIDs: Sendable {
  private let capacity: Int
  private let seed: UInt64
  private var ring: [UInt64] = []
  private var next = 0
  private var known: Set<UInt64> = []

  /// Remembers `capacity` ids at most.
  init(capacity: Int, seed: UInt64) {
    self.capacity = capacity
    self.seed = seed
  }

  /// Adds an id; false if it is among the remembered ones.
  mutating func insert(_ id: some Sequence<UInt8>) -> Bool {
    var generator = KeyedRandom(seed: seed, purpose: "recent-ids", KeyedRandom.key(id))
    let hash = generator.next()
    guard known.insert(hash).inserted else { return false }
    if ring.count < capacity {
      ring.append(hash)
    } else {
      known.remove(ring[next])
      ring[next] = hash
      next = next + 1 == capacity ? 0 : next + 1
    }
    return true
  }
}
