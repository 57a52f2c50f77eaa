import EventMapping
import PatchbayCore
import PatchbayJSON

/// Tells records that are events in somebody else's shape, one after the other.
struct EventRecords: RecordTeller {
  private(set) var tally = RecordTally()
  private let options: RecordsOptions
  private let names: [String]
  private let name: String
  private let clock: any PipelineClock
  private let outlet: SourceOutlet
  private var reader: MappingReader
  private var events: PacedEvents
  private var hasHeader = false
  /// The number of the record that came last, told or not.
  private var number = 0
  private var records: RecordReader
  /// Where events of the file stood.
  private var place: InputNumber

  init(
    _ options: RecordsOptions, _ mapping: MappingConnection, _ context: StageContext,
    emitting outlet: SourceOutlet
  ) {
    self.options = options
    self.outlet = outlet
    names = mapping.places
    name = context.name
    clock = context.clock
    reader = mapping.makeRecordReader(
      ids: options.follow == .no ? context.name : RecordsSource.followedName(context))
    // What comes as it grows comes when it comes.
    events = PacedEvents(
      options.follow == .no ? options.pace : .asFastAsPossible, outlet: outlet, clock: clock)
    records = RecordReader(options.path[0], options, names: names)
    place = events.batch.symbols.input(named: options.path[0])
  }

  /// Tells a file.
  ///
  /// - Throws: `UnreadableInput` if it can't be read, or isn't what it is read as.
  mutating func tell(_ path: String, isOneOfMany: Bool) async throws {
    let input = try await RecordInput.open(path)
    var chunk = try await input.next()
    if chunk.isEmpty, isOneOfMany {
      tally.empty.append(path)
      return
    }
    beginAnew(path)
    while !chunk.isEmpty {
      try await take(chunk, isTold: true)
      chunk = try await input.next()
    }
    try await take([], isTold: true)
  }

  mutating func beginAnew(_ path: String) {
    noteColumns()
    records = RecordReader(path, options, names: names)
    place = events.batch.symbols.input(named: path)
  }

  mutating func take(_ bytes: [UInt8], isTold: Bool) async throws {
    try await tell(try records.items(in: bytes), isTold: isTold)
  }

  mutating func settle(isTold: Bool) async throws {
    var items: [RecordReader.Item] = []
    try records.settle { items.append($0) }
    try await tell(items, isTold: isTold)
  }

  private mutating func tell(_ items: [RecordReader.Item], isTold: Bool) async throws {
    let path = records.path
    for item in items {
      number += 1
      if isTold { try await tell(item, in: path, place) }
    }
    if isTold { try await flush() }
  }

  mutating func flush() async throws { try await events.flush() }

  private mutating func noteColumns() {
    hasHeader = hasHeader || records.hasFoundHeader
    for (name, column) in records.guessed
    where !tally.guessed.contains(where: { $0.name == name && $0.column == column }) {
      tally.guessed.append((name, column))
    }
  }

  /// - Throws: `UnreadableInput` if there was nothing.
  mutating func finish() throws {
    noteColumns()
    if tally.records > tally.bad + tally.unserved { tally.unseen = reader.unseen }
    if tally.records > 0 { return }
    let found = hasHeader ? "a header and nothing behind it" : "nothing that is a record"
    throw UnreadableInput("\(options.path.joined(separator: ", ")) has \(found)")
  }

  private mutating func tell(
    _ item: RecordReader.Item, in path: String, _ input: InputNumber
  ) async throws {
    tally.records += 1
    try await events.makeRoom()
    do throws(MappingReader.Problem) {
      guard try reader.append(item, number, to: &events.batch, intended: clock.now) else {
        tally.unserved += 1
        return
      }
    } catch {
      return try await reject(error.description, path, item.line)
    }
    events.batch.setPlace(of: events.batch.count - 1, input: input, line: item.line)
    try await events.pace()
  }

  private mutating func reject(_ problem: String, _ path: String, _ line: Int) async throws {
    tally.bad += 1
    // In order: what came before the bad record goes first.
    try await events.flush()
    let place = EventPlace(path, line: line)
    let naming = RecordNaming.records
    try await outlet.reject(
      problem, at: place, id: naming.badID(place, number: tally.bad, of: name),
      code: naming.badCode)
  }
}

extension MappingReader {
  /// Appends the event of a record.
  ///
  /// - Returns: whether there was one.
  mutating func append(
    _ item: RecordReader.Item, _ number: Int, to batch: inout EventBatch, intended: Timestamp
  ) throws(Problem) -> Bool {
    switch item {
    case .nothing, .whole: return false
    case .problem(let problem, _): throw Problem(problem)
    case .row(let fields, _):
      try append(
        row: fields.columns.indices.map { fields.text($0) }, number: number, to: &batch,
        intended: intended)
    case .object(let scopes, _):
      try append(scopes: scopes, number: number, to: &batch, intended: intended)
    }
    return true
  }
}

extension SourceOutlet {
  /// Sends a record that can't be used to the port of those.
  func reject(
    _ problem: String, at place: EventPlace, id: String, code: String
  ) async throws {
    try await reject(
      EventFields(sequenceID: id), code: code, reason: "\(place): \(problem)", place: place)
  }
}
