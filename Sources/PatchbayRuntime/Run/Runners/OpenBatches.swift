package import PatchbayCore

/// The batches whose events are inside an injector, each until the last of its events has left.
///
/// Events are named by their places; what an injector gets are copies of some, and what it says about them
/// is noted in the batch that they came in.
package struct OpenBatches {
  /// Where an event stands; places compare in the order in which the events came.
  package struct Place: Comparable, Sendable {
    package let batch: Int
    package let index: Int

    package init(batch: Int, index: Int) {
      (self.batch, self.index) = (batch, index)
    }

    package static func < (one: Place, other: Place) -> Bool {
      (one.batch, one.index) < (other.batch, other.index)
    }
  }

  private struct OpenBatch {
    var tracked: TrackedBatch
    var left: Int
  }

  private var batches: [Int: OpenBatch] = [:]
  private var nextBatch = 0
  /// Whether the run has a journal, which gives events numbers.
  private var isNumbered = false

  /// Makes one without batches.
  package init() {}

  /// Takes a batch in; its places have the number that is returned.
  package mutating func add(_ batch: TrackedBatch) -> Int {
    defer { nextBatch += 1 }
    if !batch.isEmpty, batch.number(at: 0) != nil { isNumbered = true }
    if !batch.isEmpty { batches[nextBatch] = OpenBatch(tracked: batch, left: batch.count) }
    return nextBatch
  }

  /// Some events, to be copied in the order given.
  package func excerpts(of places: [Place]) -> [Excerpt] {
    var excerpts: [Excerpt] = []
    var rest = places[...]
    while let first = rest.first, let open = batches[first.batch] {
      let run = rest.prefix { $0.batch == first.batch }
      excerpts.append(Excerpt(batch: open.tracked.batch, places: run))
      rest = rest.dropFirst(run.count)
    }
    return excerpts
  }

  /// By which the run's journal knows some events, nil for those that it doesn't; empty without a journal.
  package func numbers(of places: [Place]) -> [Int?] {
    isNumbered ? places.map { batches[$0.batch]?.tracked.number(at: $0.index) } : []
  }

  /// Events of one batch.
  package struct Excerpt: Sendable {
    let batch: EventBatch
    let places: ArraySlice<Place>

    /// Copies of the events, with their own texts alone.
    package func appended(to others: EventBatch?) -> EventBatch {
      let copies = batch.extract(places.map(\.index))
      guard var others else { return copies }
      others.append(contentsOf: copies)
      return others
    }
  }

  /// Notes what an injector has made of events that it was given.
  ///
  /// - Parameters:
  ///   - judged: what came back, in the order of `places`.
  ///   - given: what it was given.
  package mutating func note(_ judged: EventBatch, given: EventBatch, at places: [Place]) {
    for (position, place) in places.enumerated() {
      batches[place.batch]?.tracked.withBatch {
        $0.adopt(position, of: judged, given: given, as: place.index)
      }
    }
  }

  /// Takes events out, in batches, each in the order in which its events came.
  package mutating func withdraw(_ places: [Place]) -> [TrackedBatch] {
    var rest = places.sorted()[...]
    var withdrawn: [TrackedBatch] = []
    while let first = rest.first {
      let run = rest.prefix { $0.batch == first.batch }
      if let batch = withdraw(run.map(\.index), of: first.batch) { withdrawn.append(batch) }
      rest = rest.dropFirst(run.count)
    }
    return withdrawn
  }

  private mutating func withdraw(_ indices: [Int], of batch: Int) -> TrackedBatch? {
    guard let position = batches.index(forKey: batch) else { return nil }
    batches.values[position].left -= indices.count
    let tracked = batches.values[position].tracked
    if batches.values[position].left == 0 { batches.remove(at: position) }
    return indices.count == tracked.count ? tracked : tracked.subset(indices)
  }
}
