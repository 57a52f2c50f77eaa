/// A run of events with their texts and outcomes; what channels carry and stages work on.
///
/// A batch is a value: after a branch both sides share its storage until one of them changes it.
/// Stages mutate the batch they are given in place and never rebuild it. They can't take events
/// out: the runtime does that, by the marks that verdicts leave, so that none is lost by accident.
public struct EventBatch: Sendable {
  /// What the stage that just ran wants done with an event.
  package enum Mark: UInt8, Sendable {
    case pass
    case reject
    case absorb
    case hold
  }

  /// The table that the events' symbols come from; one a run.
  public let symbols: SymbolTable
  package private(set) var events: [Event] = []
  package private(set) var arena: [UInt8] = []
  private var longSymbols: [TextReference] = []
  private var outcomes: [Outcome] = []
  package private(set) var marks: [Mark] = []
  package private(set) var tickets: [DeliveryTicket] = []

  /// Makes an empty batch.
  public init(symbols: SymbolTable) {
    self.symbols = symbols
  }

  /// How many events there are.
  public var count: Int { events.count }
  /// Whether there are none.
  public var isEmpty: Bool { events.isEmpty }
  /// The positions of the events.
  public var indices: Range<Int> { events.indices }

  /// The event at a position.
  ///
  /// What an assignment can't change is which delivery the event belongs to.
  public subscript(index: Int) -> Event {
    get { events[index] }
    set {
      var event = newValue
      event.ticket = events[index].ticket
      event.slot = events[index].slot
      events[index] = event
    }
  }

  /// Appends an event whose texts and symbols come from this batch.
  public mutating func append(_ event: Event) {
    var event = event
    event.ticket = Event.noTicket
    events.append(event)
    if !outcomes.isEmpty { outcomes.append(Outcome()) }
    if !marks.isEmpty { marks.append(.pass) }
  }

  // MARK: Texts

  /// Copies a text into the arena.
  public mutating func intern(_ bytes: some Collection<UInt8>) -> TextReference {
    if bytes.isEmpty { return .empty }
    let offset = arena.count
    // Over a buffer where there is one: a generic sequence is copied byte by byte.
    let copied: Void? = bytes.withContiguousStorageIfAvailable { arena.append(contentsOf: $0) }
    if copied == nil { arena.append(contentsOf: bytes) }
    return TextReference(offset: UInt32(offset), count: UInt32(arena.count - offset))
  }

  /// The symbol of a text; the batch keeps texts that the run's table has no room for.
  public mutating func symbol(_ text: String) -> Symbol {
    if let symbol = symbols.symbol(text) { return symbol }
    longSymbols.append(intern(text.utf8))
    return .local(longSymbols.count - 1)
  }

  /// The id of a text: bits if it is a well-formed UUID, else a copy in the arena.
  public mutating func entityID(_ bytes: some Collection<UInt8>) -> EntityID {
    if let bits = UUIDBits(lowercase: bytes) { return .uuid(bits) }
    return .text(intern(bytes))
  }

  /// The text of a reference into this batch.
  public func text(_ reference: TextReference) -> String {
    String(decoding: arena[reference.range], as: UTF8.self)
  }

  /// The bytes of a reference into this batch.
  public func bytes(_ reference: TextReference) -> ArraySlice<UInt8> {
    arena[reference.range]
  }

  /// The text of a symbol.
  public func text(_ symbol: Symbol) -> String {
    symbol.isLocal ? text(longSymbols[symbol.localPosition]) : symbols.text(symbol)
  }

  // MARK: Outcomes

  /// Whether any event has been judged.
  public var hasOutcomes: Bool { !outcomes.isEmpty }

  /// What became of an event so far.
  public func outcome(at index: Int) -> Outcome {
    outcomes.isEmpty ? Outcome() : outcomes[index]
  }

  /// Sets what became of an event.
  ///
  /// - Parameters:
  ///   - index: the event's position.
  ///   - outcome: the verdict, with status and attempts if it was sent.
  ///   - code: a short code such as `http.503`, or nil.
  ///   - reason: a sentence for whoever reads the report, or nil.
  public mutating func judge(
    _ index: Int, _ outcome: Outcome, code: String? = nil, reason: String? = nil
  ) {
    if outcomes.isEmpty { outcomes = Array(repeating: Outcome(), count: events.count) }
    var outcome = outcome
    if let code { outcome.code = symbol(code) }
    if let reason { outcome.reason = intern(reason.utf8) }
    outcomes[index] = outcome
  }

  /// Turns an event away; the runtime sends it to the stage's `.rejected` port.
  public mutating func reject(_ index: Int, code: String, reason: String) {
    var outcome = outcome(at: index)
    outcome.kind = .rejected
    judge(index, outcome, code: code, reason: reason)
    mark(index, .reject)
  }

  /// Notes that a state machine forbids to come to an event's state from `origin`.
  package mutating func noteMismatch(_ index: Int, from origin: String) {
    events[index].forbiddenOrigin = symbol(origin)
    events[index].flags.insert(.mismatch)
  }

  package mutating func mark(_ index: Int, _ mark: Mark) {
    if marks.isEmpty { marks = Array(repeating: .pass, count: events.count) }
    marks[index] = mark
  }
}

extension EventBatch {
  // MARK: Taking apart and putting together, by the runtime alone

  /// Forgets the last stage's marks.
  package mutating func clearMarks() { marks = [] }

  /// The events at some positions, in their order; the arena is shared, not copied.
  package func subset(_ positions: [Int]) -> EventBatch {
    var part = self
    part.marks = []
    part.events = positions.map { events[$0] }
    part.outcomes = outcomes.isEmpty ? [] : positions.map { outcomes[$0] }
    return part
  }

  /// Splits by the marks of the stage that just ran.
  package func separated() -> [Mark: EventBatch] {
    guard !marks.isEmpty else { return [.pass: self] }
    var positions: [Mark: [Int]] = [:]
    for index in indices { positions[marks[index], default: []].append(index) }
    if positions.count == 1, let mark = positions.keys.first {
      var whole = self
      whole.marks = []
      return [mark: whole]
    }
    return positions.mapValues { subset($0) }
  }

  /// Makes every event belong to one delivery, by its position.
  package mutating func assign(_ ticket: DeliveryTicket) {
    tickets = [ticket]
    for index in events.indices {
      events[index].ticket = 0
      events[index].slot = UInt16(index)
    }
  }

  /// Makes the events mere records: whatever becomes of them settles nothing.
  package mutating func dropTickets() {
    for index in events.indices { events[index].ticket = Event.noTicket }
    tickets = []
  }

  /// How many events are mere records, settled before.
  package var recordCount: Int {
    events.count { $0.ticket == Event.noTicket }
  }

  /// Notes that a validator has accepted all events.
  package mutating func markValidated() {
    for index in events.indices { events[index].flags.insert(.validated) }
  }

  /// The batch in pieces of at most `size` events.
  package func parts(of size: Int) -> [EventBatch] {
    if count <= size { return [self] }
    return stride(from: 0, to: count, by: size).map { start in
      subset(Array(start..<min(start + size, count)))
    }
  }

  /// Appends copies of another batch's events; both must share the symbol table.
  package mutating func append(contentsOf other: EventBatch) {
    if isEmpty {
      self = other
      return
    }
    if !marks.isEmpty { marks += repeatElement(.pass, count: other.count) }
    if outcomes.isEmpty, other.hasOutcomes {
      outcomes = Array(repeating: Outcome(), count: count)
    }
    var places: [UInt16] = []
    for ticket in other.tickets {
      if let place = tickets.firstIndex(where: { $0 === ticket }) {
        places.append(UInt16(place))
      } else {
        places.append(UInt16(tickets.count))
        tickets.append(ticket)
      }
    }
    for index in other.indices {
      var event = other.events[index]
      event.sequence = copy(event.sequence, from: other)
      event.attributes = copy(event.attributes, from: other)
      event.malformedTimestamp = copy(event.malformedTimestamp, from: other)
      event.interaction = copy(event.interaction, from: other)
      event.agent = copy(event.agent, from: other)
      event.state = copy(event.state, from: other)
      event.type = copy(event.type, from: other)
      event.forbiddenOrigin = copy(event.forbiddenOrigin, from: other)
      if event.ticket != Event.noTicket { event.ticket = places[Int(event.ticket)] }
      events.append(event)
      if !outcomes.isEmpty {
        var outcome = other.outcome(at: index)
        outcome.reason = copy(outcome.reason, from: other)
        outcome.code = copy(outcome.code, from: other)
        outcomes.append(outcome)
      }
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
