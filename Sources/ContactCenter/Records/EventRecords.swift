import EventMapping
import PatchbayCore
import PatchbayJSON

/// Tells records that are events in somebody else's shape, one after the other.
struct EventRecords {
  private(set) var tally = RecordTally()
  private let options: RecordsOptions
  private let names: [String]
  private let name: String
  private let clock: any PipelineClock
  private let outlet: SourceOutlet
  private var reader: MappingReader
  private var events: PacedEvents
  private var hasHeader = false

  init(
    _ options: RecordsOptions, _ mapping: MappingConnection, _ context: StageContext,
    emitting outlet: SourceOutlet
  ) {
    self.options = options
    self.outlet = outlet
    names = mapping.places
    name = context.name
    clock = context.clock
    reader = mapping.makeRecordReader(ids: context.name)
    events = PacedEvents(options.pace, outlet: outlet, clock: clock)
  }

  /// Tells a file.
  ///
  /// - Throws: `UnreadableInput` if it can't be read, or isn't what it is read as.
  mutating func tell(_ path: String, isOneOfMany: Bool) async throws {
    var records = RecordReader(path, options, names: names)
    let place = events.batch.symbols.input(named: path)
    let input = try await RecordInput.open(path)
    var chunk = try await input.next()
    if chunk.isEmpty, isOneOfMany {
      tally.empty.append(path)
      return
    }
    while true {
      for item in try records.items(in: chunk) { try await tell(item, in: path, place) }
      try await events.flush()
      if chunk.isEmpty { break }
      chunk = try await input.next()
    }
    hasHeader = hasHeader || records.hasFoundHeader
    tally.guessed += records.guessed
  }

  /// - Throws: `UnreadableInput` if there was nothing.
  func finish() throws {
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
      guard try reader.append(item, tally.records, to: &events.batch, intended: clock.now) else {
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
    case .nothing: return false
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
