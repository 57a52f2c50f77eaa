#if SQLiteSink
  internal import GRDB
  internal import PatchbayCore

  /// Inserts the rows of one batch, inside a transaction.
  struct BatchWriter {
    private static let eventSQL = """
      INSERT INTO events (run, sequence_id, timestamp_ns, malformed_timestamp, interaction_id, \
      agent_id, state, event_type, attributes, validated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    private static let injectionSQL = """
      INSERT INTO injections (event, kind, status, attempts, queue_ns, rate_limit_ns, backoff_ns, \
      service_ns, wire_ns, code, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    private static let mismatchSQL = """
      INSERT INTO mismatches (event, from_state, to_state) VALUES (?, ?, ?)
      """

    private let db: Database
    private let run: Int64
    private var event: RowStatement
    private var injection: RowStatement
    private var mismatch: RowStatement
    private var symbols: [Symbol: [UInt8]] = [:]

    init(_ db: Database, run: Int64) throws {
      self.db = db
      self.run = run
      event = try RowStatement(db, Self.eventSQL)
      injection = try RowStatement(db, Self.injectionSQL)
      mismatch = try RowStatement(db, Self.mismatchSQL)
    }

    mutating func insert(_ batch: EventBatch) throws -> EventDatabase.Counts {
      var counts = EventDatabase.Counts()
      for index in batch.indices {
        try insertEvent(batch[index], of: batch)
        let id = db.lastInsertedRowID
        if batch.hasOutcomes { try insert(batch.outcome(at: index), of: batch, event: id) }
        if let origin = batch.forbiddenOrigin(of: batch[index]) {
          try insertMismatch(from: origin, batch[index], of: batch, event: id)
          counts.mismatches += 1
        }
      }
      counts.events = batch.count
      event.release()
      injection.release()
      mismatch.release()
      return counts
    }

    private mutating func insertEvent(_ event: Event, of batch: EventBatch) throws {
      self.event.start()
      self.event.add(run)
      add(event.sequence, isAbsent: !event.has(.sequenceID), of: batch)
      let hasTimestamp = batch.hasTimestamp(event)
      self.event.add(hasTimestamp ? event.timestamp.nanoseconds : nil)
      add(
        event.malformedTimestamp, isAbsent: !event.hasMalformedTimestamp, of: batch)
      add(event.interaction, of: batch)
      add(event.agent, of: batch)
      add(event.state, isAbsent: !event.has(.state), of: batch)
      add(event.type, isAbsent: !event.has(.eventType), of: batch)
      add(event.attributes, isAbsent: event.attributes.isEmpty, of: batch)
      self.event.add(event.isValidated ? 1 : 0)
      try self.event.run()
    }

    private mutating func add(_ text: TextReference, isAbsent: Bool, of batch: EventBatch) {
      if isAbsent { event.add(nil) } else { event.add(batch.bytes(text)) }
    }

    private mutating func add(_ id: EntityID, of batch: EventBatch) {
      switch id {
      case .missing: event.add(nil)
      case .uuid(let bits): event.add { bits.append(to: &$0) }
      case .text(let reference): event.add(batch.bytes(reference))
      }
    }

    private mutating func add(_ symbol: Symbol, isAbsent: Bool, of batch: EventBatch) {
      if isAbsent { event.add(nil) } else { event.add(text(symbol, of: batch)[...]) }
    }

    private mutating func insert(
      _ outcome: Outcome, of batch: EventBatch, event id: Int64
    ) throws {
      if outcome.kind == .undecided { return }
      injection.start()
      injection.add(id)
      injection.add(kinds[Int(outcome.kind.rawValue)][...])
      injection.add(outcome.status > 0 ? Int64(outcome.status) : nil)
      injection.add(Int64(outcome.attempts))
      let timings = outcome.attempts > 0 ? outcome.timings : nil
      injection.add(timings?.queue)
      injection.add(timings?.rateLimit)
      injection.add(timings?.backoff)
      injection.add(timings?.service)
      injection.add(timings?.wire)
      let code = text(outcome.code, of: batch)
      if code.isEmpty { injection.add(nil) } else { injection.add(code[...]) }
      if outcome.reason.isEmpty {
        injection.add(nil)
      } else {
        injection.add(batch.bytes(outcome.reason))
      }
      try injection.run()
    }

    private mutating func insertMismatch(
      from origin: String, _ event: Event, of batch: EventBatch, event id: Int64
    ) throws {
      mismatch.start()
      mismatch.add(id)
      mismatch.add(Array(origin.utf8)[...])
      mismatch.add(text(event.state, of: batch)[...])
      try mismatch.run()
    }

    /// A symbol's text; asking the batch takes a lock.
    private mutating func text(_ symbol: Symbol, of batch: EventBatch) -> [UInt8] {
      if let known = symbols[symbol] { return known }
      let bytes = Array(batch.text(symbol).utf8)
      symbols[symbol] = bytes
      return bytes
    }
  }

  /// The names of the verdicts, by raw value.
  private let kinds = Outcome.Kind.allCases.map { Array($0.name.utf8) }
#endif
