import PatchbayCore

/// Remembers the last so many ids, by 64-bit hashes.
///
/// Two different ids are taken for the same once in 2^64 / capacity times: with a million ids, one
/// event in 18 million million. The key goes into the hash before the id's first byte, and the hash
/// is SipHash, so that nobody can find ids that collide.
package struct RecentIDs: Sendable {
  private let capacity: Int
  private let key: UInt64
  private var ring: [Int] = []
  private var next = 0
  private var known: Set<Int> = []

  /// Remembers `capacity` ids at most.
  package init(capacity: Int, seed: UInt64) {
    self.capacity = capacity
    var random = KeyedRandom(seed: seed, purpose: "recent-ids")
    key = random.next()
  }

  /// Adds an id; false if it is among the remembered ones.
  package mutating func insert(_ id: ArraySlice<UInt8>) -> Bool {
    let hash = hash(id)
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

  private func hash(_ id: ArraySlice<UInt8>) -> Int {
    var hasher = Hasher()
    hasher.combine(key)
    id.withUnsafeBytes { hasher.combine(bytes: $0) }
    return hasher.finalize()
  }
}
