package import PatchbayCore

/// Writes events to a file, one JSON object a line.
package struct JSONLinesSink: ResumableSink, ResourceUser, ConnectionUser {
  package static let type = "jsonl"
  package static let doc = "Writes events to a file of JSON lines in the run's folder."

  package static let keepsRecords = true

  /// The options.
  package struct Options: OptionGroup {
    let file: String
    let ledger: Bool
    let mapping: String?

    package init(from options: inout OptionReader) {
      file = options.value(
        "file", default: "events.jsonl", .fileName, doc: "The file's name in the run's folder.")
      ledger = options.value(
        "ledger", default: false,
        doc: "Whether an outcome says where the event's time went, attempt by attempt, in "
          + "nanoseconds.")
      mapping = options.optionalReference(
        "mapping", to: eventShapeType,
        doc: "The shape in which events are written, without their outcomes, if it isn't ours.")
      options.check(
        mapping == nil || !ledger, at: "ledger",
        "is part of outcomes, which are left out in the shape of a mapping")
    }
  }

  private let options: Options
  private var file: LinesFile?
  private var writer = EventLineWriter()

  package var reach: StageReach { .context }

  package init(_ options: Options) {
    self.options = options
  }

  package var resources: [String] { [FilePlace.resource(inRunFolder: options.file)] }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.outputFiles = [options.file]
    return forecast
  }

  package func objection(to connection: any Connection) -> String? {
    (connection as? any EventShape)?.objectionToWriting
  }

  package mutating func open(_ context: StageContext) async throws {
    let shape = try await context.shape(options.mapping)
    writer = EventLineWriter(shape: shape, hasLedger: options.ledger)
    file = try await LinesFile(
      context.directory.makePlace(for: options.file), of: context.run, isOurs: shape == nil)
  }

  package mutating func recall(_ batch: borrowing EventBatch) async throws -> [Int] {
    if file?.isRecalled ?? true { return [] }
    var held: [Int] = []
    for index in batch.indices {
      var line: [UInt8] = []
      do throws(UnwritableEvent) {
        try writer.write(index, of: batch, to: &line)
      } catch {
        continue
      }
      if file?.take(line) ?? false { held.append(index) }
    }
    return held
  }

  package mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(batch.count * 512)
    let result = writer.write(batch, to: &bytes)
    try await file?.append(bytes)
    return result
  }

  package mutating func finish(_ report: RunReport) async throws {
    try await file?.synchronize()
    file = nil
  }
}
