import PatchbayCore

/// The ids of accepted events, so that one that comes again has no effect.
///
/// Whether the platform does the same isn't documented; its official clients send a request again
/// when its connection breaks, so that anything else would count events twice.
struct EventIDs: Sendable {
  /// How many are remembered.
  static let capacity = 1_000_000

  private var ids: Set<UUIDBits> = []
  private var ring: [UUIDBits] = []
  private var oldest = 0

  func contains(_ id: UUIDBits) -> Bool { ids.contains(id) }

  /// Remembers an id, and forgets the oldest if there are too many.
  mutating func insert(_ id: UUIDBits) {
    guard ids.insert(id).inserted else { return }
    if ring.count < Self.capacity {
      ring.append(id)
      return
    }
    ids.remove(ring[oldest])
    ring[oldest] = id
    oldest = (oldest + 1) % Self.capacity
  }
}
