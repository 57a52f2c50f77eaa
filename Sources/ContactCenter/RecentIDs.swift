package import PatchbayCore

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
  /// The hashes of the ids of the batch at hand.
  private var hashes: [UInt64] = []
  /// What was seen of the table on the way, so that the compiler leaves the looking in.
  private var glanced: UInt32 = 0

  /// Remembers `capacity` ids at most.
  package init(capacity: Int, seed: UInt64) {
    self.capacity = capacity
    var random = KeyedRandom(seed: seed, purpose: "recent-ids")
    key = random.next()
  }

  /// Gets ready for the ids of a batch, to be added by their positions.
  ///
  /// With a million ids, the table lies far from the processor: all of what the batch needs of it is
  /// fetched together.
  package mutating func prepare(for batch: borrowing EventBatch) {
    hashes.removeAll(keepingCapacity: true)
    hashes.reserveCapacity(batch.count)
    let key = key
    batch.withTextBytes { bytes in
      for index in batch.indices {
        hashes.append(Self.hash(bytes(batch[index].sequence), key))
      }
    }
    for hash in hashes { glanced ^= places.glance(at: hash) }
    guard ring.count == capacity else { return }
    for hash in ring[next..<min(next + batch.count, capacity)] {
      glanced ^= places.glance(at: hash)
    }
  }

  /// Adds the id of an event of the batch that was prepared; false if it is among the remembered ones.
  package mutating func insert(at index: Int) -> Bool { insert(hashes[index]) }

  /// Adds an id; false if it is among the remembered ones.
  package mutating func insert(_ id: ArraySlice<UInt8>) -> Bool {
    insert(id.withUnsafeBytes { Self.hash($0, key) })
  }

  private mutating func insert(_ hash: UInt64) -> Bool {
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

  @inline(__always)
  private static func hash(_ id: UnsafeRawBufferPointer, _ key: UInt64) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(key)
    hasher.combine(bytes: id)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
