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

  private mutating func copyEvents(at positions: some Collection<Int>, of other: EventBatch) {
    if !marks.isEmpty { marks += repeatElement(.pass, count: positions.count) }
    if outcomes.isEmpty, other.hasOutcomes {
      outcomes = Array(repeating: Outcome(), count: count)
    }
    let hasOutcomes = !outcomes.isEmpty || other.hasOutcomes
    for index in positions {
      var event = other.events[index]
      event.sequence = copy(event.sequence, from: other)
      event.attributes = copy(event.attributes, from: other)
      event.malformedTimestamp = copy(event.malformedTimestamp, from: other)
      event.interaction = copy(event.interaction, from: other)
      event.agent = copy(event.agent, from: other)
      event.state = copy(event.state, from: other)
      event.type = copy(event.type, from: other)
      event.forbiddenOrigin = copy(event.forbiddenOrigin, from: other)
      events.append(event)
      guard hasOutcomes else { continue }
      var outcome = other.outcome(at: index)
      outcome.reason = copy(outcome.reason, from: other)
      outcome.code = copy(outcome.code, from: other)
      outcomes.append(outcome)
    }
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
