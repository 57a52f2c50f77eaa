import PatchbayCore

/// Remembers the last so many ids, by 64-bit hashes.
///
/// Two different ids are taken for the same once in 2^64 / capacity times: with a million ids, one
/// event in 18 million million. The key goes into the hash before the id's first byte, and the hash
/// is SipHash, so that nobody can find ids that collide.
package struct RecentIDs: Sendable {
  private let capacity: Int
  private let key: UInt64
  /// The hashes, the oldest at `next` once there are as many as may be.
  private var ring: [UInt64] = []
  private var next = 0
  private var places = IndexTable()

  /// Remembers `capacity` ids at most.
  package init(capacity: Int, seed: UInt64) {
    self.capacity = capacity
    var random = KeyedRandom(seed: seed, purpose: "recent-ids")
    key = random.next()
  }

  /// Adds an id; false if it is among the remembered ones.
  package mutating func insert(_ id: ArraySlice<UInt8>) -> Bool {
    let hash = hash(id)
    let isKnown = places.find(hash) { ring[$0] == hash } != nil
    if isKnown { return false }
    if ring.count < capacity {
      ring.append(hash)
      places.insert(ring.count - 1, hash) { ring[$0] }
    } else {
      places.remove(next, ring[next]) { ring[$0] }
      ring[next] = hash
      places.insert(next, hash) { ring[$0] }
      next = next + 1 == capacity ? 0 : next + 1
    }
    return true
  }

  private func hash(_ id: ArraySlice<UInt8>) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(key)
    id.withUnsafeBytes { hasher.combine(bytes: $0) }
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
