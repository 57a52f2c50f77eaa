/// A batch on its way, with what has to be settled for each of its events.
///
/// Stages only see the batch: whatever they do to it, the runtime still knows which deliveries it was
/// given, and can tell which stage came back without them.
package struct TrackedBatch: Sendable {
  /// The delivery that one event belongs to; nil for a mere record, whose fate settles nothing.
  private struct Place: Sendable {
    let ticket: DeliveryTicket?
    let slot: Int
  }

  /// The deliveries of all events, in their order.
  private enum Deliveries: Sendable {
    /// Events of one emission, one after the other: how most batches travel.
    case consecutive(DeliveryTicket, Range<Int>)
    /// Mere records.
    case records
    /// Each event with its own.
    case listed([Place])
  }

  /// The events; none while a stage has them.
  package private(set) var batch: EventBatch
  private var deliveries: Deliveries
  /// By which a journal knows the events.
  private var numbers = EventNumbers.none
  /// How many events a stage has, or has lost.
  private var lentCount: Int?

  /// Makes one of events that were emitted together.
  package init(_ batch: EventBatch, _ ticket: DeliveryTicket, _ slots: Range<Int>) {
    self.batch = batch
    deliveries = .consecutive(ticket, slots)
  }

  /// Makes one of mere records.
  package init(records batch: EventBatch) {
    self.batch = batch
    deliveries = .records
  }

  private init(_ batch: EventBatch, _ deliveries: Deliveries, _ numbers: EventNumbers) {
    self.batch = batch
    self.deliveries = deliveries
    self.numbers = numbers
  }

  /// How many events there are, also while a stage has them.
  package var count: Int { lentCount ?? batch.count }

  /// When each event should have been sent, on the run's clock.
  package var intendedTimes: [Timestamp] { batch.indices.map { batch[$0].intended } }

  /// Whether there are none.
  package var isEmpty: Bool { count == 0 }

  /// Hands the batch to a stage, which can change it in place since nobody else holds it.
  ///
  /// - Parameter stamp: what `takeBack(_:stamp:)` knows it by; no other batch of the run's.
  package mutating func lend(stamp: UInt64) -> EventBatch {
    var lent = EventBatch(symbols: batch.symbols)
    swap(&lent, &batch)
    lentCount = lent.count
    lent.stamp = stamp
    lent.clearMarks()
    return lent
  }

  /// Takes the batch back from a stage.
  ///
  /// - Returns: nil, or what the stage did to it, as the end of a sentence about the stage. The events
  ///   are lost then; their deliveries still can be settled.
  package mutating func takeBack(_ judged: EventBatch, stamp: UInt64) -> String? {
    if judged.stamp != stamp {
      return "put another batch in the place of the one it was given"
    }
    if judged.count != lentCount { return "added events to the batch it was given" }
    batch = judged
    batch.stamp = 0
    lentCount = nil
    return nil
  }

  /// Lets the runtime change the batch's values.
  package mutating func withBatch(_ body: (inout EventBatch) -> Void) { body(&batch) }

  /// The events at some positions, in their order; texts are shared, not copied.
  package func subset(_ positions: [Int]) -> TrackedBatch {
    TrackedBatch(batch.subset(positions), deliveries(at: positions), numbers.at(positions))
  }

  /// Copies of the events at some positions, with their own texts alone.
  package func extract(_ positions: [Int]) -> TrackedBatch {
    TrackedBatch(batch.extract(positions), deliveries(at: positions), numbers.at(positions))
  }

  /// Appends another batch's events; both must share the symbol table.
  package mutating func append(contentsOf other: TrackedBatch) {
    if batch.isEmpty {
      self = other
      return
    }
    numbers.append(other.numbers, count: (count, other.count))
    // In place: a key of a correlator gathers its events one by one.
    var places = takePlaces()
    places += other.places
    deliveries = .listed(places)
    batch.append(contentsOf: other.batch)
  }

  /// Takes the deliveries out, so that they can be changed without a copy.
  private mutating func takePlaces() -> [Place] {
    defer { deliveries = .records }
    return places
  }

  private func deliveries(at positions: [Int]) -> Deliveries {
    switch deliveries {
    case .records: return .records
    case .listed(let places): return .listed(positions.map { places[$0] })
    case .consecutive(let ticket, let slots):
      if let first = positions.first, positions.last == first + positions.count - 1,
        zip(positions, first...).allSatisfy({ $0 == $1 })
      {
        let start = slots.lowerBound + first
        return .consecutive(ticket, start..<start + positions.count)
      }
      return .listed(positions.map { Place(ticket: ticket, slot: slots.lowerBound + $0) })
    }
  }

  private var places: [Place] {
    switch deliveries {
    case .records: Array(repeating: Place(ticket: nil, slot: 0), count: count)
    case .listed(let places): places
    case .consecutive(let ticket, let slots): slots.map { Place(ticket: ticket, slot: $0) }
    }
  }
}

extension TrackedBatch {
  /// Notes that the batch goes more than one way.
  package func branch(extraCopies: Int) {
    guard extraCopies > 0 else { return }
    eachTicket { ticket, slots in ticket.branch(slots, extraCopies: extraCopies) }
  }

  /// Settles one copy of each event; mere records settle nothing.
  package func settle(as settlement: Settlement) {
    eachTicket { ticket, slots in ticket.settle(slots, as: settlement) }
  }

  /// The same events as mere records: whatever becomes of them settles nothing.
  package var asRecords: TrackedBatch { TrackedBatch(batch, .records, numbers) }

  /// Gives the events the numbers from one on, by which a journal knows them.
  package mutating func number(from first: Int) { numbers = .consecutive(from: first) }

  /// The number by which a journal knows an event; nil if none does.
  package func number(at position: Int) -> Int? { numbers.number(at: position) }

  /// How many events are mere records, settled before.
  package var recordCount: Int {
    switch deliveries {
    case .records: count
    case .consecutive: 0
    case .listed(let places): places.count { $0.ticket == nil }
    }
  }

  private func eachTicket(_ body: (DeliveryTicket, [Int]) -> Void) {
    switch deliveries {
    case .records: break
    case .consecutive(let ticket, let slots): if !slots.isEmpty { body(ticket, Array(slots)) }
    case .listed(let places):
      var start = 0
      while start < places.count {
        let ticket = places[start].ticket
        let end = places[start...].firstIndex { $0.ticket !== ticket } ?? places.count
        if let ticket { body(ticket, places[start..<end].map(\.slot)) }
        start = end
      }
    }
  }
}
