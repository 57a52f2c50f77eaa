import PatchbayCore
import PatchbayJSON
import PatchbayTesting

/// What a planted sink does wrong.
enum SinkFault: String, CaseIterable, OptionChoice {
  case none
  case forgetsHalf = "forgets-half"
  case writesTwice = "writes-twice"
  case namesStrangers = "names-strangers"
  case namesTwice = "names-twice"
  case refusesSilently = "refuses-silently"
  case throwsAtMalformed = "throws-at-malformed"
  case needsAnEvent = "needs-an-event"
  case ignoresCancellation = "ignores-cancellation"
  case claimsWhatBroke = "claims-what-broke"
  case findsTheUndeclared = "finds-the-undeclared"

  var doc: String { "Planted." }
}

/// A sink that keeps lines in a file, and does one thing wrong.
struct PlantedSink: Sink {
  static let type = "planted"
  static let doc = "Keeps lines, and does one thing wrong."

  struct Options: OptionGroup {
    let fault: SinkFault

    init(from options: inout OptionReader) {
      fault = options.value("fault", default: .none, doc: "What it does wrong.")
    }
  }

  /// What is in the file of a run.
  static func kept(_ directory: RunDirectory) throws -> [String] {
    guard let path = try? directory.path(of: "kept"),
      let bytes = try? InputFile.contents(of: path, upTo: 1 << 24)
    else { return [] }
    return try bytes.split(separator: 0x0A).map {
      try JSONValue(parsing: Array($0)).string ?? ""
    }
  }

  private let fault: SinkFault
  private var file: RecordFile?
  private var path = ""
  private var isEmpty = true
  private var clock: (any PipelineClock)?

  init(_ options: Options) { fault = options.fault }

  mutating func open(_ context: StageContext) async throws {
    path = try context.directory.makePlace(for: "kept")
    file = try await RecordFile.open(path, .new)
    clock = context.clock
  }

  mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    let batch = copy batch
    isEmpty = isEmpty && batch.isEmpty
    var positions = Array(batch.indices)
    var result = WriteResult.all
    switch fault {
    case .none, .needsAnEvent, .findsTheUndeclared: break
    case .forgetsHalf: positions.removeAll { $0 % 2 == 1 }
    case .writesTwice: positions += positions.prefix(1)
    case .namesStrangers: result.undelivered = [batch.count]
    case .namesTwice:
      if !batch.isEmpty {
        result.refused = [.init(0, reason: "no"), .init(0, reason: "no")]
        positions.removeFirst()
      }
    case .refusesSilently:
      if !batch.isEmpty {
        result.refused = [.init(0, reason: "")]
        positions.removeFirst()
      }
    case .throwsAtMalformed:
      if batch.indices.contains(where: { !batch.hasTimestamp(batch[$0]) }) {
        throw PipelineError("can't write an event without a time")
      }
    case .ignoresCancellation:
      if Task.isCancelled { await Parked.forEver() }
    case .claimsWhatBroke:
      if !FolderListing.names(in: String(path.dropLast(5))).contains("kept") { return .all }
    }
    if fault != .claimsWhatBroke, !isEmpty,
      !FolderListing.names(in: String(path.dropLast(5))).contains("kept")
    {
      throw PipelineError("the file is gone")
    }
    var bytes: [UInt8] = []
    for index in positions {
      let id = JSONValue.string(batch.sequenceID(of: batch[index]))
      bytes += Array(id.text().utf8) + [0x0A]
    }
    try await file?.append(bytes)
    return result
  }

  mutating func finish(_ report: RunReport) async throws {
    if fault == .needsAnEvent, isEmpty { throw PipelineError("there was no event") }
    file = nil
  }

  func findings() -> Findings {
    var findings = Findings()
    if fault == .findsTheUndeclared { findings["surprises"] = 1 }
    return findings
  }
}
