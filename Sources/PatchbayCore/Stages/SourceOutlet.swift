import Synchronization

/// Where a source puts its events.
///
/// Events gather in a batch that leaves when it is full, when the source flushes or waits, or a few
/// milliseconds after its first event. Every call waits while the pipeline is full: that is how a
/// slow stage holds back its source.
public final class SourceOutlet: Sendable {
  /// What the runtime does with a full batch; separate doors for good and for rejected events.
  package struct Doors: Sendable {
    package var main: @Sendable (EventBatch) async throws -> Void
    package var rejected: @Sendable (EventBatch) async throws -> Void
    /// Sends without waiting; false if there is no room just now.
    package var offer: @Sendable (EventBatch) -> Bool

    package init(
      main: @escaping @Sendable (EventBatch) async throws -> Void,
      rejected: @escaping @Sendable (EventBatch) async throws -> Void,
      offer: @escaping @Sendable (EventBatch) -> Bool
    ) {
      self.main = main
      self.rejected = rejected
      self.offer = offer
    }
  }

  private let doors: Doors
  private let clock: any PipelineClock
  private let symbols: SymbolTable
  private let batchSize: Int
  private let gathered: Mutex<EventBatch>
  /// Rings when the first event of a batch has come.
  package let started: AsyncStream<Void>
  private let bell: AsyncStream<Void>.Continuation

  package init(
    symbols: SymbolTable, clock: any PipelineClock, batchSize: Int, doors: Doors
  ) {
    self.doors = doors
    self.clock = clock
    self.symbols = symbols
    self.batchSize = batchSize
    gathered = Mutex(EventBatch(symbols: symbols))
    (started, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// An empty batch for `emit(_:)`.
  public func makeBatch() -> EventBatch { EventBatch(symbols: symbols) }

  /// Emits one event.
  ///
  /// - Parameters:
  ///   - fields: its members; any may be absent.
  ///   - intended: when it should be sent, on the run's clock; nil means now.
  /// - Throws: `CancellationError` if the run is ended at once.
  public func emit(_ fields: EventFields, intended: Timestamp? = nil) async throws {
    let intended = intended ?? clock.now
    let (count, full) = gathered.withLock { batch -> (Int, EventBatch?) in
      batch.append(fields, intended: intended)
      return (batch.count, batch.count >= batchSize ? take(&batch) : nil)
    }
    if let full {
      try await doors.main(full)
    } else if count == 1 {
      bell.yield()
    }
  }

  /// Emits a batch of the source's own making, after whatever was emitted before.
  ///
  /// - Throws: `CancellationError` if the run is ended at once.
  public func emit(_ batch: EventBatch) async throws {
    try await flush()
    guard !batch.isEmpty else { return }
    try await doors.main(batch)
  }

  /// Sends an unusable record to the source's `.rejected` port.
  ///
  /// It counts as emitted and as rejected.
  ///
  /// - Parameters:
  ///   - fields: as much of the record as could be read.
  ///   - code: a short code such as `record.malformed`.
  ///   - reason: a sentence that says where the record stands and what is wrong with it.
  /// - Throws: `CancellationError` if the run is ended at once.
  public func reject(_ fields: EventFields, code: String, reason: String) async throws {
    var batch = makeBatch()
    batch.append(fields, intended: clock.now)
    batch.reject(0, code: code, reason: reason)
    try await doors.rejected(batch)
  }

  /// Sends what has gathered.
  ///
  /// - Throws: `CancellationError` if the run is ended at once.
  public func flush() async throws {
    let batch = gathered.withLock { take(&$0) }
    if !batch.isEmpty { try await doors.main(batch) }
  }

  /// Sends what has gathered, then waits on the run's clock.
  ///
  /// - Throws: `CancellationError` when the source is to stop.
  public func wait(until deadline: Timestamp) async throws {
    try await flush()
    try await clock.sleep(until: deadline)
  }

  /// Sends what has gathered if there is room; else it stays.
  package func offer() {
    gathered.withLock { batch in
      if !batch.isEmpty, doors.offer(batch) { batch = makeBatch() }
    }
  }

  /// Ends `started`.
  package func close() { bell.finish() }

  private func take(_ batch: inout EventBatch) -> EventBatch {
    let taken = batch
    batch = makeBatch()
    return taken
  }
}
