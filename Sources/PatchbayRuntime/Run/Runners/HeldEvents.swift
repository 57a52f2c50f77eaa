package import PatchbayCore

/// The events that a correlator holds, by its keys, each with its own texts alone.
package struct HeldEvents: Sendable {
  private var batches: [HoldKey: TrackedBatch] = [:]
  /// How many events are held.
  package private(set) var count = 0

  /// Makes one that holds nothing.
  package init() {}

  /// Whether none is.
  package var isEmpty: Bool { batches.isEmpty }

  /// Holds one event of a batch.
  package mutating func hold(_ index: Int, of batch: TrackedBatch, under key: HoldKey) {
    let one = batch.extract([index])
    // In place: taking what is there out, and back in, would copy all of it for each event.
    if batches[key]?.append(contentsOf: one) == nil { batches[key] = one }
    count += 1
  }

  /// Gives out what is held under a key; nil if there is nothing.
  package mutating func release(_ key: HoldKey) -> TrackedBatch? {
    guard let batch = batches.removeValue(forKey: key) else { return nil }
    count -= batch.count
    return batch
  }

  /// Gives everything out.
  package mutating func releaseAll() -> [TrackedBatch] {
    defer {
      batches = [:]
      count = 0
    }
    return Array(batches.values)
  }
}
