public import PatchbayCore
public import PatchbayJSON

extension RunReport {
  /// So many can't be in a configuration of usual size.
  private static let mostStages = 4_096

  /// Reads a report as `report.json` holds it.
  ///
  /// What isn't in the file is absent: how often the run was started, and whether it can be gone on with.
  ///
  /// - Parameters:
  ///   - json: the document.
  ///   - directory: the folder that it lies in.
  /// - Throws: `PipelineError` that names the member that isn't as it should be.
  public init(_ json: JSONValue, directory: String) throws {
    let members = ReportMembers(json, "")
    let version = try members.string("schema_version")
    guard version.split(separator: ".").first == Self.schemaVersion.split(separator: ".").first
    else {
      throw PipelineError(
        "schema_version is \(OutsideText.shown(version)): this program reads \(Self.schemaVersion)")
    }
    self.init(run: try RunSummary(try members.object("run"), directory: directory))
    events = try SettlementCounts(try members.object("events"))
    if let injection = try members.optionalObject("injection") {
      self.injection = try InjectionReport(injection)
    }
    stages = try members.objects("stages").map { try StageReport($0) }
    guard stages.count <= Self.mostStages else {
      throw PipelineError("stages: expected at most \(Self.mostStages)")
    }
    thresholds = try members.objects("thresholds").map { threshold in
      ThresholdResult(
        metric: try threshold.string("metric"), condition: try threshold.string("condition"),
        value: try threshold.optionalNumber("value"), passed: try threshold.bool("passed"))
    }
    failures = try members.strings("failures")
    notices = try members.strings("notices")
    leftovers = try members.strings("leftovers")
    inputWasUnreadable = try members.integer("exit_code") == ExitCode.unreadableInput.rawValue
  }
}

extension RunSummary {
  fileprivate init(_ members: ReportMembers, directory: String) throws {
    guard let id = UUIDBits(lowercase: Array(try members.string("id").utf8)) else {
      throw PipelineError("run.id: expected a UUID")
    }
    guard let seed = UInt64(try members.string("seed")) else {
      throw PipelineError("run.seed: expected a whole number, as a string")
    }
    guard let ending = Ending(rawValue: try members.string("ending")) else {
      throw PipelineError(
        "run.ending: this program knows no such ending as "
          + OutsideText.shown(try members.string("ending")))
    }
    self.init(
      id: id, name: try members.string("name"), seed: seed, clock: try members.string("clock"),
      startedAt: try members.time("started_at"), directory: directory)
    finishedAt = try members.time("finished_at")
    realNanoseconds = Int64(try members.integer("real_ns"))
    self.ending = ending
  }
}

extension SettlementCounts {
  fileprivate init(_ members: ReportMembers) throws {
    self.init()
    emitted = try members.integer("emitted")
    delivered = try members.integer("delivered")
    rejected = try members.integer("rejected")
    failed = try members.integer("failed")
    abandoned = try members.integer("abandoned")
  }
}

extension InjectionReport {
  fileprivate init(_ members: ReportMembers) throws {
    self.init()
    attempted = try members.integer("attempted")
    accepted = try members.integer("accepted")
    failed = try members.integer("failed")
    unknown = try members.integer("unknown")
    attempts = try members.integer("attempts")
    statuses = try members.each("statuses").map { name, value in
      guard let status = Int(name), let count = value.integer,
        (0...ReportMembers.greatest).contains(count)
      else {
        throw PipelineError("injection.statuses: expected numbers of events by HTTP status")
      }
      return (status, count)
    }
    latency = try Distribution(members, "latency")
    wire = try Distribution(members, "wire")
    queue = try Distribution(members, "queue")
    rateLimit = try Distribution(members, "rate_limit")
    token = try Distribution(members, "token")
    backoff = try Distribution(members, "backoff")
    own = try Distribution(members, "own")
    response = try Distribution(members, "response")
    guard let by = try members.optionalObject("by") else { return }
    for label in LatencyLabel.allCases {
      let all = try by.each(label.rawValue)
      guard !all.isEmpty else { continue }
      labelled[label] = try all.map { name, value in
        var labelled = LabelledLatency(name)
        let shapes = by.inner(label.rawValue, name, value)
        labelled.latency = try Distribution(shapes, "latency")
        labelled.response = try Distribution(shapes, "response")
        return labelled
      }
    }
  }
}

extension Distribution {
  /// An absent one is that of nothing: older reports don't know all of them.
  fileprivate init(_ members: ReportMembers, _ name: String) throws {
    self.init()
    guard let shape = try members.optionalObject(name), try shape.integer("count") > 0 else {
      return
    }
    let buckets = try shape.string("buckets").split(separator: " ").map { pair -> Bucket in
      let numbers = pair.split(separator: ":", omittingEmptySubsequences: false)
      guard numbers.count == 2, let value = Int64(numbers[0]), let count = Int(numbers[1]),
        value >= 0, count > 0, count < 1 << 44
      else {
        throw PipelineError("\(name).buckets: expected numbers as value:count with blanks between")
      }
      return Bucket(value: value, count: count)
    }
    let isAscending = zip(buckets, buckets.dropFirst()).allSatisfy { $0.value < $1.value }
    guard isAscending, buckets.count < 1 << 16 else {
      throw PipelineError("\(name).buckets: expected ascending values, each once")
    }
    self.init(
      buckets: buckets, minimum: Int64(try shape.integer("min_ns")),
      mean: try shape.number("avg_ns"), maximum: Int64(try shape.integer("max_ns")))
  }
}

extension StageReport {
  fileprivate init(_ members: ReportMembers) throws {
    guard let role = StageRole(rawValue: try members.string("role")) else {
      throw PipelineError(
        "this program knows no such role as \(OutsideText.shown(try members.string("role")))")
    }
    self.init(name: try members.string("name"), role: role, type: try members.string("type"))
    inputs = try members.strings("inputs")
    received = try members.integer("received")
    abandoned = try members.count("abandoned")
    written = try members.count("written")
    undelivered = try members.count("undelivered")
    unkeptRecords = try members.count("unkept_records")
    absorbed = try members.count("absorbed")
    sent = try Self.counts(members, "sent")
    unconnected = try Self.counts(members, "unconnected")
    lag = try Distribution(members, "lag")
    watchesOthers = members.isTrue("watches_others")
    if let spool = try members.optionalObject("spool") { self.spool = try SpoolReport(spool) }
    for (name, value) in try members.each("metrics") { findings[name] = value.number }
    for (name, value) in try members.each("shapes") {
      findings.add(name, try Distribution(ReportMembers([name: value], "shapes"), name))
    }
    findings.tables = try members.objects("tables").map { try Findings.Table($0) }
    findings.transitions = try members.objects("transitions").map { transition in
      Findings.Transition(
        from: try transition.string("from"), to: try transition.string("to"),
        count: try transition.integer("count"), isAllowed: try transition.bool("allowed"))
    }
    findings.events = try members.objects("events").map { try FoundEvent($0) }
    findings.checkpoint = try members.optionalString("checkpoint")
    findings.notes = try members.strings("notes")
  }

  private static func counts(
    _ members: ReportMembers, _ name: String
  ) throws -> [PortName: Int] {
    var counts: [PortName: Int] = [:]
    for (port, value) in try members.each(name) {
      guard let port = PortName(rawValue: port), let count = value.integer,
        (0...ReportMembers.greatest >> 13).contains(count)
      else {
        throw PipelineError("\(name): expected numbers of events by port")
      }
      counts[port] = count
    }
    return counts
  }
}

extension SpoolReport {
  fileprivate init(_ members: ReportMembers) throws {
    self.init()
    found = try members.integer("found")
    kept = try members.integer("kept")
    delivered = try members.integer("delivered")
    refused = try members.integer("refused")
    expired = try members.integer("expired")
    documents = try members.count("documents")
    problem = try members.optionalString("problem")
  }
}

extension Findings.Table {
  fileprivate init(_ members: ReportMembers) throws {
    self.init(
      title: try members.string("title"), columns: try members.strings("columns"),
      rows: try members.rows("rows"), isOfTransitions: members.isTrue("of_transitions"))
  }
}

extension FoundEvent {
  fileprivate init(_ members: ReportMembers) throws {
    var place: EventPlace?
    if let input = try members.optionalString("input") {
      place = EventPlace(input, line: try members.integer("line"))
    }
    self.init(
      try members.string("found"), sequenceID: try members.string("sequence_id"),
      agentID: try members.string("agent_id"), interactionID: try members.string("interaction_id"),
      to: try members.string("to"), timestamp: try members.string("timestamp"), place: place)
    from = try members.optionalString("from")
    code = try members.optionalString("code")
    reason = try members.optionalString("reason")
  }
}
