import Synchronization

/// Where a source puts its events.
///
/// Events gather in a batch that leaves when it is full, when the source flushes or waits, or a few
/// milliseconds after its first event; on the virtual clock, where no time passes meanwhile, at once.
/// Every call waits while the pipeline is full: that is how a slow stage holds back its source. Tasks
/// that emit at the same time wait for each other, and batches leave in the order of the calls.
public final class SourceOutlet: Sendable {
  let clock: any PipelineClock
  private let destination: Destination
  private let symbols: SymbolTable
  /// How many events travel together at the most.
  package let batchSize: Int
  /// How many events gather before they leave.
  private let gatheringSize: Int
  private let state: Mutex<State>
  /// When the source began to run, on the run's clock; in a run that was interrupted and is gone on with,
  /// when it first did.
  public let startedAt: Timestamp
  /// How many events a source that repeats itself had emitted before its run was interrupted; else 0.
  ///
  /// They are let go when they are emitted again. A source that waits for times doesn't wait for the times
  /// of these, and counts those of all others from the present.
  public let pastEvents: Int
  /// Tells that the first event of a batch has come.
  package let started: AsyncStream<Void>
  private let starting: AsyncStream<Void>.Continuation

  /// Makes one.
  ///
  /// - Parameters:
  ///   - symbols: the run's symbols.
  ///   - clock: the run's clock.
  ///   - batchSize: how many events travel together at the most.
  ///   - destination: where they go.
  ///   - past: what the source had emitted before, if it begins anew in a run that was interrupted.
  ///   - repeats: whether it emits that again.
  package init(
    symbols: SymbolTable, clock: any PipelineClock, batchSize: Int, destination: Destination,
    past: SourcePast? = nil, repeats: Bool = false
  ) {
    startedAt = past?.startedAt ?? clock.now
    pastEvents = repeats ? past?.main.count ?? 0 : 0
    self.destination = destination
    self.clock = clock
    self.symbols = symbols
    self.batchSize = batchSize
    gatheringSize = clock.standsStillForWork ? 1 : batchSize
    var state = State(symbols: symbols)
    if let past, repeats { state.repetition = Repetition(past) }
    self.state = Mutex(state)
    (started, starting) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// How far a source has come that repeats itself, as the end of a sentence; nil once it emits what is new.
  package var repetition: String? {
    state.withLock { state in
      guard let repetition = state.repetition, repetition.isUnderWay else { return nil }
      return repetition.progress
    }
  }

  /// Whether all sources that don't watch others have ended, and everything that was emitted is settled; never
  /// where there is no such source.
  ///
  /// What a source is shown by an outside system may still come a little later.
  public var othersAreDone: Bool { destination.othersAreDone() }

  /// An empty batch for `emit(_:)`.
  public func makeBatch() -> EventBatch { EventBatch(symbols: symbols) }

  /// Emits one event.
  ///
  /// - Parameters:
  ///   - fields: its members; any may be absent.
  ///   - intended: when it should be sent, on the run's clock; nil means now.
  ///   - place: where it stood in what the source reads, which messages about it say; nil if nowhere.
  /// - Returns: what becomes of it.
  /// - Throws: `CancellationError` when the source is to stop. The event isn't taken then, unless the run
  ///   was ended at once while this call waited for room: such an event counts as abandoned.
  @discardableResult
  public func emit(
    _ fields: EventFields, intended: Timestamp? = nil, place: EventPlace? = nil
  ) async throws -> Receipt {
    try checkStop()
    let intended = intended ?? clock.now
    let (receipt, isFirst, departure) = try state.withLock { state in
      try state.checkOpen()
      if try state.repeats({ try $0.take((fields.sequenceID ?? "").utf8) }) {
        return (Receipt(ofRepeated: 1, by: self), false, nil as Departure?)
      }
      let isFirst = state.gathered.isEmpty
      state.gathered.append(fields, intended: intended)
      if let place { state.gathered.setPlace(ofLast: place) }
      let ticket = state.ticket(destination.ledger)
      let receipt = Receipt(ticket, ticket.add(1), of: self)
      let isFull = state.gathered.count >= gatheringSize
      return (
        receipt, isFirst && !isFull, isFull ? state.depart(state.takeGathered()) : nil
      )
    }
    if let departure { try await send(departure) }
    if isFirst { starting.yield() }
    return receipt
  }

  /// Emits a batch of the source's own making, after whatever was emitted before.
  ///
  /// - Parameter batch: any number of events; a large one travels in parts.
  /// - Returns: what becomes of them.
  /// - Throws: `CancellationError` when the source is to stop. Of a batch that was under way then,
  ///   the parts that had left are delivered.
  @discardableResult
  public func emit(_ batch: EventBatch) async throws -> Receipt {
    try checkStop()
    let (batch, repeated) = try state.withLock { try $0.withoutRepeated(batch) }
    if repeated > 0, batch.isEmpty { return Receipt(ofRepeated: repeated, by: self) }
    let ticket = DeliveryTicket(ledger: destination.ledger)
    let receipt = Receipt(ticket, ticket.add(batch.count), of: self)
    let departure = try state.withLock { state in
      try state.checkOpen()
      return state.depart(state.takeGathered(), Load(batch: batch, ticket: ticket))
    }
    if let departure { try await send(departure) }
    return receipt
  }

  /// Sends an unusable record to the source's `.rejected` port.
  ///
  /// It counts as emitted and as rejected.
  ///
  /// - Parameters:
  ///   - fields: as much of the record as could be read.
  ///   - code: a short code such as `record.malformed`.
  ///   - reason: a sentence that says where the record stands and what is wrong with it.
  ///   - place: where it stands, for those who look it up; nil if nowhere.
  /// - Throws: `CancellationError` when the source is to stop.
  public func reject(
    _ fields: EventFields, code: String, reason: String, place: EventPlace? = nil
  ) async throws {
    try checkStop()
    let isRepeated = try state.withLock { state in
      try state.repeats { try $0.take(rejected: (fields.sequenceID ?? "").utf8) }
    }
    if isRepeated { return }
    var batch = makeBatch()
    batch.append(fields, intended: clock.now)
    if let place { batch.setPlace(ofLast: place) }
    batch.reject(0, code: code, reason: reason)
    let ticket = DeliveryTicket(ledger: destination.ledger)
    _ = ticket.add(1)
    let departure = try state.withLock { [batch] state in
      try state.checkOpen()
      return state.depart(Load(batch: batch, ticket: ticket))
    }
    if let departure { try await send(departure, toRejected: true) }
  }

  /// Sends what has gathered.
  ///
  /// - Throws: `CancellationError` if the run is ended at once.
  public func flush() async throws {
    let departure = state.withLock { state in state.depart(state.takeGathered()) }
    if let departure { try await send(departure) }
  }

  /// Sends what has gathered, then waits on the run's clock.
  ///
  /// - Throws: `CancellationError` when the source is to stop.
  public func wait(until deadline: Timestamp) async throws {
    try await flush()
    try checkStop()
    try await clock.sleep(until: deadline)
  }

  /// How many calls wait until their events have left, or the time of others before them has come.
  package var waitingCount: Int { state.withLock { $0.turns.count } }

  /// Takes nothing more, and sends what has gathered.
  package func close() async {
    state.withLock { $0.isClosed = true }
    try? await flush()
    starting.finish()
  }

  /// A source that doesn't look whether it was cancelled is told here.
  private func checkStop() throws {
    if Task.isCancelled || destination.isStopping() { throw CancellationError() }
  }

  /// Sends batches when their turn has come.
  private func send(_ departure: Departure, toRejected: Bool = false) async throws {
    await clock.park { task in
      state.withLock { state in state.turns.mustWait(departure.turn, task) }
    }
    defer { state.withLock { $0.turns.next() }?.resume() }
    for load in departure.loads {
      for part in load.parts(of: batchSize) {
        load.ticket.depart(part.count)
        if toRejected {
          try await destination.rejected(part)
        } else {
          try await destination.main(part)
        }
      }
    }
  }
}
