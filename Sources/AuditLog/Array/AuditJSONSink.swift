import Logging
package import PatchbayCore
import PatchbayJSON

/// Writes a record for each event, whatever became of it, into one JSON array.
package struct AuditJSONSink: Sink, ResourceUser {
  package static let type = "audit-json"
  package static let doc = "Writes a record for each event and its outcome into one JSON array."
  package static let metrics = [
    MetricDeclaration("records", doc: "Records that this run wrote."),
    MetricDeclaration("repaired_bytes", doc: "Bytes of a torn record cut off when it was opened."),
  ]

  package static let keepsRecords = true

  /// The options.
  package struct Options: OptionGroup {
    let path: String

    package init(from options: inout OptionReader) {
      path = options.value(
        "path", default: "", .path,
        doc: "A file that all runs append to; without it each run has its own in its folder.")
    }
  }

  private let options: Options
  private var file: AuditArrayFile?
  private var clock: any PipelineClock = RealClock()
  private var writer: AuditRecordWriter?
  private var records = 0

  package var reach: StageReach {
    options.path.isEmpty ? .context : .outside("appends to \(options.path.quoted)")
  }

  package init(_ options: Options) {
    self.options = options
  }

  package var resources: [String] {
    [
      options.path.isEmpty
        ? "the audit file in the run's folder"
        : FilePlace.resource(options.path)
    ]
  }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.outputFiles = [
      options.path.isEmpty ? "workspace_sim_audit_<time>.json" : options.path
    ]
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    clock = context.clock
    writer = AuditRecordWriter(runID: context.runID.description)
    let name = "workspace_sim_audit_\(context.startedAt.fileNameStamp).json"
    let path =
      options.path.isEmpty
      ? try context.directory.makePlace(for: name, isAudit: true) : options.path
    let file = try await AuditArrayFile.open(path)
    if file.repairedBytes > 0 {
      context.logger.warning(
        "\(path): cut \(file.repairedBytes) bytes of a torn record off, which an earlier run left")
    }
    self.file = file
  }

  package mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    var loggedAt: [UInt8] = []
    JSONWriter.append(clock.now.description, to: &loggedAt)
    guard var file, var writer else { return .all }
    try await file.append(batch.count) { index, bytes in
      writer.append(index, of: batch, loggedAt: loggedAt, to: &bytes)
    }
    self.file = file
    self.writer = writer
    records += batch.count
    return .all
  }

  package mutating func finish(_ report: RunReport) async throws {
    try await file?.synchronize()
  }

  package func findings() -> Findings {
    var findings = Findings()
    findings["records"] = Double(records)
    findings["repaired_bytes"] = Double(file?.repairedBytes ?? 0)
    return findings
  }
}
