package import PatchbayCore

/// Keeps events that came to a bad end, as they came and with why, so that they can be sent once more.
package struct DeadLetterSink: ResumableSink, ResourceUser {
  package static let type = "dead-letter"
  package static let doc =
    "Keeps rejected and failed events as they came, with cause and attempts, for `patchbay queue redrive`."

  package static let keepsRecords = true

  /// The options.
  package struct Options: OptionGroup {
    let file: String

    package init(from options: inout OptionReader) {
      file = options.value(
        "file", default: "dead-letters.jsonl", .fileName,
        doc: "The file's name in the run's folder.")
    }
  }

  private let options: Options
  private var clock: any PipelineClock = RealClock()
  private var file: LinesFile?
  private var writer: DeadLetterWriter?

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

  package mutating func open(_ context: StageContext) async throws {
    clock = context.clock
    writer = DeadLetterWriter(context.run)
    // They are what is left to do: no run that comes later removes them unasked.
    let path = try context.directory.makePlace(for: options.file, isAudit: true)
    file = try await LinesFile(path, of: context.run)
  }

  private mutating func lines(_ batch: borrowing EventBatch, _ positions: [Int]) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in positions { writer?.append(index, of: batch, at: clock.now, to: &bytes) }
    return bytes
  }

  package mutating func recall(_ batch: borrowing EventBatch) async throws -> [Int] {
    if file?.isRecalled ?? true { return [] }
    var held: [Int] = []
    for index in batch.indices {
      let line = lines(batch, [index])
      if file?.take(line) ?? false { held.append(index) }
    }
    return held
  }

  package mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    try await file?.append(lines(batch, Array(batch.indices)))
    return .all
  }

  package mutating func finish(_ report: RunReport) async throws {
    try await file?.synchronize()
    file = nil
  }
}
