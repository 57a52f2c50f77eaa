// Taking batches apart and putting them together, by the runtime alone.

extension EventBatch {
  /// How large an arena may be for parts to share it: a part that adds a text copies all of it.
  private static let sharedArena = 256 * 1_024

  /// The events at some positions, in their order; the arena is shared, not copied.
  package func subset(_ positions: some Collection<Int>) -> EventBatch {
    var part = EventBatch(symbols: symbols)
    part.arena = arena
    part.longSymbols = longSymbols
    part.events = positions.map { events[$0] }
    part.outcomes = outcomes.isEmpty ? [] : positions.map { outcomes[$0] }
    part.attemptTimes = attemptTimes
    return part
  }

  /// Copies of the events at some positions, with their own texts alone; for what is kept for long.
  package func extract(_ positions: some Collection<Int>) -> EventBatch {
    var part = EventBatch(symbols: symbols)
    part.copyEvents(at: positions, of: self)
    return part
  }

  /// The positions by their marks.
  package var positionsByMark: [Mark: [Int]] {
    if marks.isEmpty { return [.pass: Array(indices)] }
    return Dictionary(grouping: indices) { marks[$0] }
  }

  /// The batch in pieces of at most `size` events.
  package func parts(of size: Int) -> [EventBatch] {
    if count <= size { return [self] }
    return stride(from: 0, to: count, by: size).map { start in
      let positions = start..<min(start + size, count)
      return arena.count > Self.sharedArena ? extract(positions) : subset(positions)
    }
  }

  /// Appends copies of another batch's events; both must share the symbol table.
  package mutating func append(contentsOf other: EventBatch) {
    if isEmpty {
      self = other
    } else {
      copyEvents(at: other.indices, of: other)
    }
  }

  /// Takes over what a stage has made of an event of which it was given a copy in another batch.
  ///
  /// - Parameters:
  ///   - index: the event's position in the batch that came back.
  ///   - judged: the batch that came back.
  ///   - given: the batch as the stage was given it.
  ///   - place: the event's position in this batch.
  package mutating func adopt(
    _ index: Int, of judged: EventBatch, given: EventBatch, as place: Int
  ) {
    // Most stages judge and change nothing else: then no text has to be copied back.
    if !judged.events[index].hasSameBytes(as: given.events[index]) {
      events[place] = copy(judged.events[index], from: judged)
    }
    guard hasOutcomes || judged.hasOutcomes else { return }
    if outcomes.isEmpty { outcomes = Array(repeating: Outcome(), count: count) }
    outcomes[place] = copy(judged.outcome(at: index), from: judged)
  }

  private mutating func copyEvents(at positions: some Collection<Int>, of other: EventBatch) {
    if !marks.isEmpty { marks += repeatElement(.pass, count: positions.count) }
    if outcomes.isEmpty, other.hasOutcomes {
      outcomes = Array(repeating: Outcome(), count: count)
    }
    let hasOutcomes = !outcomes.isEmpty || other.hasOutcomes
    for index in positions {
      events.append(copy(other.events[index], from: other))
      if hasOutcomes { outcomes.append(copy(other.outcome(at: index), from: other)) }
    }
  }

  private mutating func copy(_ event: Event, from other: EventBatch) -> Event {
    var event = event
    event.sequence = copy(event.sequence, from: other)
    event.attributes = copy(event.attributes, from: other)
    event.malformedTimestamp = copy(event.malformedTimestamp, from: other)
    event.interaction = copy(event.interaction, from: other)
    event.agent = copy(event.agent, from: other)
    event.state = copy(event.state, from: other)
    event.type = copy(event.type, from: other)
    event.forbiddenOrigin = copy(event.forbiddenOrigin, from: other)
    return event
  }

  private mutating func copy(_ outcome: Outcome, from other: EventBatch) -> Outcome {
    var outcome = outcome
    outcome.reason = copy(outcome.reason, from: other)
    outcome.code = copy(outcome.code, from: other)
    if outcome.attemptLog.count > 0 {
      outcome.attemptLog = keep(other.attemptTimes[outcome.attemptLog.range])
    }
    return outcome
  }

  private mutating func copy(
    _ reference: TextReference, from other: EventBatch
  ) -> TextReference {
    intern(other.arena[reference.range])
  }

  private mutating func copy(_ id: EntityID, from other: EventBatch) -> EntityID {
    if case .text(let reference) = id { .text(copy(reference, from: other)) } else { id }
  }

  private mutating func copy(_ symbol: Symbol, from other: EventBatch) -> Symbol {
    symbol.isLocal ? self.symbol(other.text(symbol)) : symbol
  }
}

extension Event {
  /// Whether the values are the same in memory; of two with the same values, some may not be.
  fileprivate func hasSameBytes(as other: Event) -> Bool {
    withUnsafeBytes(of: self) { one in
      withUnsafeBytes(of: other) { other in one.elementsEqual(other) }
    }
  }
}
