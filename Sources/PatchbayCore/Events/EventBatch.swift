/// A run of events with their texts and outcomes; what channels carry and stages work on.
///
/// A batch is a value: after a branch both sides share its storage until one of them changes it.
/// Stages mutate the batch they are given in place and never put another in its place. They can't
/// take events out: the runtime does that, by the marks that verdicts leave, so that none is lost by
/// accident; a stage that returns with another batch is named in the report.
public struct EventBatch: Sendable {
  /// The table that the events' symbols come from; one a run.
  public let symbols: SymbolTable
  package internal(set) var events: [Event] = []
  package internal(set) var arena: [UInt8] = []
  var longSymbols: [TextReference] = []
  var outcomes: [Outcome] = []
  /// The times of attempts, those of each event together.
  var attemptTimes: [AttemptTimes] = []
  package internal(set) var marks: [Mark] = []
  /// The keys of the events that are marked as held, by their positions.
  package internal(set) var holds: [(index: Int, key: HoldKey)] = []
  /// By which the runtime knows the batch again that it gave to a stage; 0 for any other.
  package var stamp: UInt64 = 0

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
  public subscript(index: Int) -> Event {
    get { events[index] }
    set { events[index] = newValue }
  }

  /// Appends an event whose texts and symbols come from this batch.
  ///
  /// For sources, which make batches. A stage that is given a batch must not add to it.
  public mutating func append(_ event: Event) {
    events.append(event)
    if !outcomes.isEmpty { outcomes.append(Outcome()) }
    if !marks.isEmpty { marks.append(.pass) }
  }

  /// Takes the event away that was appended last; its texts stay until the batch goes.
  package mutating func removeLast() {
    events.removeLast()
    if !outcomes.isEmpty { outcomes.removeLast() }
    if !marks.isEmpty { marks.removeLast() }
  }
}
