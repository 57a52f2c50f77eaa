extension SourceOutlet {
  /// What has gathered, and in which order batches leave.
  struct State {
    var gathered: EventBatch
    private var ticket: DeliveryTicket?
    var turns = Turns()
    var isClosed = false
    /// Until a source that repeats itself has come to where it was interrupted.
    var repetition: Repetition?

    init(symbols: SymbolTable) {
      gathered = EventBatch(symbols: symbols)
    }

    /// - Throws: `CancellationError` once the source has returned: nobody would send it any more.
    func checkOpen() throws {
      if isClosed { throw CancellationError() }
    }

    /// Whether an event was emitted before the run was interrupted.
    mutating func repeats(_ take: (inout Repetition) throws -> Bool) rethrows -> Bool {
      guard var repetition else { return false }
      let isRepeated = try take(&repetition)
      self.repetition = repetition.isUnderWay ? repetition : nil
      return isRepeated
    }

    /// The events of a batch that weren't emitted before the run was interrupted, and how many were.
    mutating func withoutRepeated(_ batch: EventBatch) throws -> (EventBatch, Int) {
      if repetition == nil { return (batch, 0) }
      let new = try batch.indices.drop { index in
        try repeats { try $0.take(batch.bytes(batch[index].sequence)) }
      }
      let repeated = batch.count - new.count
      return (repeated == 0 ? batch : batch.subset(new), repeated)
    }

    /// The delivery of what gathers.
    mutating func ticket(_ ledger: DeliveryLedger) -> DeliveryTicket {
      if let ticket { return ticket }
      let made = DeliveryTicket(ledger: ledger)
      ticket = made
      return made
    }

    /// What has gathered, to be sent now.
    mutating func takeGathered() -> Load? {
      guard let ticket else { return nil }
      let batch = gathered
      gathered = EventBatch(symbols: batch.symbols)
      self.ticket = nil
      return Load(batch: batch, ticket: ticket)
    }

    /// Gives batches their turn; nil if there are none, or only empty ones.
    mutating func depart(_ loads: Load?...) -> Departure? {
      let loads = loads.compactMap { $0 }.filter { !$0.batch.isEmpty }
      return loads.isEmpty ? nil : Departure(loads: loads, turn: turns.take())
    }
  }

  /// What leaves when its turn comes, one batch after the other.
  struct Departure: Sendable {
    let loads: [Load]
    let turn: Int
  }

  /// A batch that is to leave, and its delivery.
  struct Load: Sendable {
    let batch: EventBatch
    let ticket: DeliveryTicket

    /// The batch as it travels.
    func parts(of size: Int) -> [TrackedBatch] {
      var first = 0
      return batch.parts(of: size).map { part in
        let slots = first..<first + part.count
        first = slots.upperBound
        var part = part
        part.clearMarks()
        return TrackedBatch(part, ticket, slots)
      }
    }
  }

  /// Lets batches leave one after the other, in the order in which turns were taken.
  struct Turns {
    private var taken = 0
    private var present = 0
    private var waiting: [Int: ParkedTask] = [:]

    /// How many have taken a turn that hasn't ended.
    var count: Int { taken - present }

    /// A turn, after all that were taken before.
    mutating func take() -> Int {
      defer { taken += 1 }
      return taken
    }

    /// Whether a turn hasn't come; notes who waits for it then.
    mutating func mustWait(_ turn: Int, _ task: ParkedTask) -> Bool {
      if turn != present { waiting[turn] = task }
      return turn != present
    }

    /// Ends the present turn.
    ///
    /// - Returns: whose turn it is now, if somebody waits.
    mutating func next() -> ParkedTask? {
      present += 1
      return waiting.removeValue(forKey: present)
    }
  }
}
