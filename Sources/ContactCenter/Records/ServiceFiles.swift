import EventMapping
package import PatchbayCore
import PatchbayJSON

/// Reads files of records, one after the other: bytes in, the services that they hold out; who opens the files, and
/// where they are, is another's affair.
package struct ServiceFiles: Sendable {
  /// What a record holds.
  package enum Finding: Sendable {
    case service(Service, agent: String)
    /// It can't be used: why, where it begins, and what tells it from all others.
    case problem(String, EventPlace, number: Int)
  }

  /// Of how many calls the last service is remembered.
  private static let rememberedCalls = 65_536

  private let options: RecordsOptions
  private var path: String
  private var records: RecordReader
  /// What stands in the place of that while it works.
  private let idle: RecordReader
  /// The number of the file that is read, from 0.
  private var file = 0
  private var reader: ServiceReader
  private var hasFoundHeader = false
  private var findings: [Finding] = []
  /// The number of the record that was taken last.
  private var next = 0
  /// Which records are in force, where several may be of one call; nil as long as that is being found out.
  private let versions: RecordVersions?
  /// The versions that were found.
  private(set) var found = RecordVersions()
  private var calls = RecentCalls(capacity: rememberedCalls)
  /// Whether an agent had a service, by the agent's number.
  private var agents: [Bool] = []
  package private(set) var tally = RecordTally()
  private let paths: [ValuePath?]

  /// Reads files of which no record takes another's place.
  package init(_ options: RecordsOptions, first path: String) {
    self.init(options, first: path, versions: RecordVersions())
  }

  /// - Parameters:
  ///   - path: the first file.
  ///   - versions: which records are in force, as an earlier reading of the same files has found; nil if this is
  ///     that reading.
  ///   - isBrief: whether only the beginning of services is asked for.
  init(
    _ options: RecordsOptions, first path: String, versions: RecordVersions?, isBrief: Bool = false
  ) {
    self.options = options
    self.versions = versions
    self.path = path
    reader = ServiceReader(options, isBrief: isBrief)
    records = RecordReader(path, options, names: reader.names)
    idle = records
    paths = reader.names.map { ValuePath($0) }
  }

  /// Goes on with another file, once the end of the one before has been taken.
  mutating func begin(_ path: String) {
    noteColumns()
    file += 1
    self.path = path
    records = RecordReader(path, options, names: reader.names)
  }

  /// Goes on with another file of the same path, such as the next after it was rotated.
  mutating func beginAnew(_ path: String) {
    noteColumns()
    records = RecordReader(path, options, names: reader.names)
  }

  /// What there was, so far.
  var currentTally: RecordTally {
    var files = self
    try? files.finish()
    return files.tally
  }

  /// Lets what there was so far be nothing that counts.
  mutating func forgetTally() {
    tally = RecordTally()
    agents = []
  }

  /// Takes the next bytes; none are the file's end.
  ///
  /// - Returns: what the records hold that end in them.
  /// - Throws: `UnreadableInput` if the file isn't what it is read as.
  package mutating func take(_ chunk: [UInt8]) throws -> [Finding] {
    try take { reader, body in try reader.forEachItem(in: chunk, body) }
  }

  /// Takes in what has come of the file's beginning so far, however little it is.
  ///
  /// - Returns: what the records hold that end in that.
  /// - Throws: `UnreadableInput` if the file isn't what it is read as.
  mutating func settle() throws -> [Finding] {
    try take { reader, body in try reader.settle(body) }
  }

  private mutating func take(
    _ read: (inout RecordReader, (RecordReader.Item) -> Void) throws -> Void
  ) throws -> [Finding] {
    defer { findings.removeAll(keepingCapacity: true) }
    var reading = records
    // For the time of the call there is only one of it, which needn't copy what it has.
    records = idle
    defer { records = reading }
    try read(&reading) { take($0) }
    return findings
  }

  /// Columns of the file that is read that were found in another spelling.
  var guessed: [(name: String, column: String)] { records.guessed }

  private mutating func noteColumns() {
    hasFoundHeader = hasFoundHeader || records.hasFoundHeader
    for (name, column) in records.guessed
    where !tally.guessed.contains(where: { $0.name == name && $0.column == column }) {
      tally.guessed.append((name, column))
    }
  }

  /// Ends the reading.
  ///
  /// - Throws: `UnreadableInput` if nothing in the files is of a call that an agent served.
  package mutating func finish() throws {
    noteColumns()
    tally.agents = agents.count { $0 }
    tally.overMidnight = reader.overMidnight
    tally.unknown = reader.unknown
    tally.open = reader.openCount
    tally.ambiguous = reader.times.ambiguous
    tally.skipped = reader.times.skipped
    tally.zonesGuessed = reader.zonesGuessed
    let subject = file == 0 ? path : "the \(file + 1) files"
    let verb = file == 0 ? "has" : "have"
    if tally.records == 0 {
      let header =
        hasFoundHeader ? "a header and nothing behind it" : "nothing that is a record"
      throw UnreadableInput("\(subject) \(verb) \(header)")
    }
    if tally.services == 0, tally.bad == 0 {
      throw UnreadableInput(
        "none of the \(tally.records) records of \(subject) is of a call that an agent served: "
          + "look at \"no_agent\", \"no_time\" and \"served\"")
    }
  }

  // MARK: Records

  private mutating func take(_ item: RecordReader.Item) {
    if case .whole(let value, let line) = item { return takeWhole(value, line) }
    tally.records += 1
    switch item {
    case .whole: break
    case .problem(let problem, let line): reject(problem, line)
    case .row(let fields, let line): take(fields, line)
    case .object(let scopes, let line): take(ObjectFields(scopes: scopes, paths: paths), line)
    // A call that nobody served.
    case .nothing: tally.unserved += 1
    }
  }

  private mutating func takeWhole(_ value: JSONValue, _ line: Int) {
    next += 1
    let record = ObjectFields(scopes: [value], paths: paths)
    take(reader.readWhole(record, at: .init(file: file, line: line, number: next)), line)
  }

  private mutating func take(_ record: some RecordFields, _ line: Int) {
    next += 1
    if let version = reader.version(of: record) {
      let call = reader.call(of: record)
      if let versions {
        guard versions.isInForce(next, of: call) else {
          tally.superseded += 1
          return
        }
      } else {
        found.note(next, version, of: call)
      }
    }
    take(reader.read(record, at: .init(file: file, line: line, number: next)), line)
  }

  private mutating func take(_ reading: ServiceReader.Reading, _ line: Int) {
    switch reading {
    case .malformed(let problem): reject(problem, line)
    case .unserved: tally.unserved += 1
    case .nothing: break
    case .service(let service, let agent):
      switch service.kind {
      case .served:
        if versions != nil, isDuplicate(service) {
          tally.duplicates += 1
          return
        }
        tally.services += 1
        tally.holds += service.holds.count
      case .unanswered: tally.unanswered += 1
      case .presence: tally.presences += 1
      }
      findings.append(.service(service, agent: agent))
    }
  }

  /// Whether a service is the same as the last one of its call; what is no such is counted.
  private mutating func isDuplicate(_ service: Service) -> Bool {
    let repetition = calls.note(service)
    if repetition == .same { return true }
    if repetition == .otherDay { tally.callsAgain += 1 }
    if service.agentNumber >= agents.count {
      agents += repeatElement(false, count: service.agentNumber + 1 - agents.count)
    }
    agents[service.agentNumber] = true
    return false
  }

  private mutating func reject(_ problem: String, _ line: Int) {
    tally.bad += 1
    findings.append(.problem(problem, EventPlace(path, line: line), number: tally.bad))
  }
}
