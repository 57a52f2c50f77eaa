import Logging
package import PatchbayCore
import PatchbayJSON

/// Writes a record for each event into a log that proves itself: nothing in it can be changed, left out or
/// put in without its checkpoints saying so.
package struct AuditLogSink: WindowedSink, ResumableSink, ResourceUser {
  package static let type = "audit-log"
  package static let doc =
    "Writes a record for each event and its outcome into a log that shows whether it was changed."
  package static let metrics = [
    MetricDeclaration("records", doc: "Records of this run, those about the log itself included."),
    MetricDeclaration("sealed", doc: "Records that the newest checkpoint names."),
  ]

  package static let keepsRecords = true

  /// The options.
  package struct Options: OptionGroup {
    let sealRecords: Int
    let sealTime: Duration
    let attributes: AttributeRule
    let attributeRules: [String: AttributeRule]
    let ledger: Bool

    package init(from options: inout OptionReader) {
      sealRecords = options.value(
        "seal_records", default: 10_000, .range(1...1_000_000),
        doc: "How many records are sealed together at the most; with 1, each write by itself.")
      sealTime = options.value(
        "seal_time", default: .milliseconds(200), .range(.milliseconds(1) ... .seconds(60)),
        doc: "How long a record waits at the most to be sealed with others, in real time.")
      attributes = options.value(
        "attributes", default: .keep,
        doc: "What is done with attributes that have no rule of their own.")
      attributeRules = options.value(
        "attribute_rules", default: [:], doc: "What is done with which attribute, by its name.")
      ledger = options.value(
        "ledger", default: false,
        doc:
          "Whether a record says where its event's time went, attempt by attempt, in nanoseconds.")
    }
  }

  /// The name of the folder in the run's own.
  package static let folderName = "audit"
  /// How many batches may wait for a seal; at half of them there is one.
  private static let batches = 256

  private let options: Options
  private var clock: any PipelineClock = RealClock()
  private var log: SealedLog?
  private var schedule: SealSchedule?
  private var writer: LogRecordWriter?
  private var last: Checkpoint?
  private var keys = RecordKeys()
  private var key = ""
  private var folder: LogFolder?
  /// The last checkpoint as it was signed; nil before the end.
  private var signed: String?

  package var reach: StageReach { .context }

  package init(_ options: Options) {
    self.options = options
  }

  package var window: Int { Self.batches }

  package var resources: [String] { [FilePlace.resource(inRunFolder: Self.folderName)] }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.outputFiles = [Self.folderName + "/"]
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    clock = context.clock
    let path = try context.directory.makePlace(for: Self.folderName, isAudit: true)
    folder = LogFolder(path: path)
    let runID = context.runID.description
    let reopened = context.run.attempt > 1 ? try await SealedLog.reopen(at: path) : nil
    let recovery = reopened?.1
    keys = recovery?.keys ?? keys
    let log: SealedLog
    if let reopened {
      guard let open = reopened.0 else {
        // The run was killed between this and its own end.
        last = recovery?.sealed
        writer = LogRecordWriter(
          runID: runID,
          rules: AttributeRules(general: options.attributes, byName: options.attributeRules),
          hasLedger: options.ledger, behind: recovery)
        return
      }
      log = open
    } else {
      log = try await SealedLog.make(at: path, named: "patchbay/\(runID)")
    }
    var rules = AttributeRules(general: options.attributes, byName: options.attributeRules)
    rules.salt = log.salt
    writer = LogRecordWriter(
      runID: runID, rules: rules, hasLedger: options.ledger, behind: recovery)
    key = log.verifierKey.text
    context.logger.info("the audit log's key is \(key)")
    let schedule = SealSchedule(
      log, clock: clock, records: options.sealRecords, writes: Self.batches / 2,
      time: options.sealTime, behind: recovery)
    self.log = log
    self.schedule = schedule
    if let recovery, recovery.records > 0 {
      try await append(recovery.wasPaused ? "log.resume" : "log.recover", recovery.members(context))
    } else {
      try await append("log.open", openingMembers(context))
    }
    last = try await log.seal()
    await schedule.seal()
    context.startBackgroundWork { await schedule.run() }
  }

  private func openingMembers(_ context: StageContext) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init("pipeline", .string(context.run.pipeline)), .init("vkey", .string(key)),
      // In a string, as canonical JSON has no whole numbers of 64 bits.
      .init("seed", .string("\(context.seed)")),
      .init(
        "versions",
        .object(context.run.versions.map { .init($0.name, .string($0.version)) })),
    ]
    if let hash = context.run.configurationHash {
      members.append(.init("config_sha256", .string(hash)))
    }
    if let previous = PreviousLog.newest(before: context.directory) {
      members.append(
        .init(
          "previous",
          [
            "log": .string(previous.origin), "records": .integer(previous.size),
            "root": .string(previous.rootText),
          ]))
    }
    return members
  }

  /// Appends a record about the log itself.
  private mutating func append(_ type: String, _ members: [JSONValue.Member]) async throws {
    var line: [UInt8] = []
    writer?.advance(to: clock.now)
    writer?.append(type, members, to: &line)
    try await log?.append(KnownSecrets.masked(line))
    _ = schedule?.add(1)
  }

  package mutating func beginWrite(_ batch: borrowing EventBatch) async throws -> PendingWrite {
    guard let log, let schedule else {
      throw DeliveryError(
        rejected: "the log of this run was closed before the run was gone on with")
    }
    if let problem = schedule.problem { throw DeliveryError(rejected: problem) }
    let lines = makeLines(batch)
    do {
      try await log.append(KnownSecrets.masked(lines))
    } catch {
      writer?.withdraw(batch.count)
      throw error
    }
    let size = schedule.add(batch.count)
    // A run that is to come out the same each time waits for no timer.
    if BlockingLane.isInline { await schedule.seal() }
    return PendingWrite {
      try await schedule.wait(for: size)
      return .all
    }
  }

  private mutating func makeLines(_ batch: borrowing EventBatch) -> [UInt8] {
    var lines: [UInt8] = []
    lines.reserveCapacity(batch.count * 640)
    writer?.advance(to: clock.now)
    for index in batch.indices { writer?.append(index, of: batch, to: &lines) }
    return lines
  }

  package mutating func recall(_ batch: borrowing EventBatch) async throws -> [Int] {
    // A copy: nothing is written, and no number is used up.
    guard var writer, !keys.isEmpty else { return [] }
    var held: [Int] = []
    for index in batch.indices {
      var line: [UInt8] = []
      writer.append(index, of: batch, to: &line)
      line.removeLast()
      if KnownSecrets.masked(line).withUnsafeBytes({ keys.take($0) }) { held.append(index) }
    }
    return held
  }

  package mutating func finish(_ report: RunReport) async throws {
    guard let log, let schedule else {
      if last != nil { try await readCheckpoint() }
      return
    }
    defer { self.log = nil }
    if let problem = schedule.problem { throw PipelineError(problem, code: .unusableFile) }
    let events = report.events
    let isComplete = !report.run.canBeResumed
    try await append(
      isComplete ? "log.close" : "log.pause",
      [
        .init(
          "events",
          [
            "emitted": .integer(events.emitted), "delivered": .integer(events.delivered),
            "rejected": .integer(events.rejected), "failed": .integer(events.failed),
            "abandoned": .integer(events.abandoned),
          ]), .init("records", .integer((writer?.next ?? 0) + 1)),
      ])
    last = try await log.close(isComplete: isComplete)
    try await readCheckpoint()
  }

  private mutating func readCheckpoint() async throws {
    guard let folder else { return }
    let bytes = try await BlockingLane("patchbay.seal").run {
      try InputFile.contents(of: folder.checkpoint, upTo: 1 << 17)
    }
    signed = String(decoding: bytes, as: UTF8.self)
  }

  package func findings() -> Findings {
    var findings = Findings()
    let newest = [last, schedule?.newest].compactMap(\.self).max { $0.size < $1.size }
    findings["records"] = Double(writer?.next ?? 0)
    findings["sealed"] = Double(newest?.size ?? 0)
    findings.checkpoint = signed
    if let newest {
      findings.tables.append(
        Findings.Table(
          title: "audit log", columns: ["records", "root", "key"],
          rows: [["\(newest.size)", newest.rootText, key]]))
    }
    return findings
  }
}

extension LogRecovery {
  /// What the log says when it is gone on with.
  fileprivate func members(_ context: StageContext) -> [JSONValue.Member] {
    [
      .init("attempt", .integer(context.run.attempt)), .init("records", .integer(records)),
      .init("sealed", .integer(sealed?.size ?? 0)), .init("torn_bytes", .integer(tornBytes)),
    ]
  }
}
