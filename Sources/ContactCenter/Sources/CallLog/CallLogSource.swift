package import PatchbayCore

/// Replays a call-by-call log as the desktop events of the agents who served the calls.
///
/// In the terms of a desktop each service becomes five events: busy and connected at its start,
/// disconnected and wrapping at its end, available after the wrap-up. In the platform's own terms it
/// is a part in an interaction, with after-call work if there is a wrap-up. Timestamps are those of
/// the log, taken as UTC; events are sent with the log's own gaps, from the start of the run on.
package struct CallLogSource: Source {
  package static let type = "call-log"
  package static let doc =
    "Replays a call log as the events of its agents; bad rows go to .rejected."
  package static let metrics = [
    MetricDeclaration("rows", doc: "Rows behind the header."),
    MetricDeclaration("bad_rows", doc: "Rows that couldn't be used."),
    MetricDeclaration("services", doc: "Rows with an agent and a service start."),
    MetricDeclaration("agents", doc: "Agents with a service."),
    MetricDeclaration("agent_days", doc: "Pairs of agent and day with a service."),
    MetricDeclaration(
      "starts_while_in_service",
      doc: "Services that start while the same agent is in another of that day."),
  ]

  package var repeatsItself: Bool { true }

  private let options: CallLogOptions
  private var clock: any PipelineClock = RealClock()
  private var rows = 0
  private var badRows = 0
  private var services = 0
  private var agents: Set<String> = []
  private var overlap = ServiceOverlap()

  package var reach: StageReach { .context }

  package init(_ options: CallLogOptions) {
    self.options = options
  }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    // A log has names; the ids are made from them.
    forecast.agents = .invented
    forecast.events = .unknown(
      "\(options.machine == .agentDesktop ? "five" : "three or four") for each served row of "
        + options.path)
    forecast.inputFiles = [options.path]
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    clock = context.clock
  }

  package mutating func run(emitting outlet: SourceOutlet) async throws {
    let services = try await readServices(rejectingTo: outlet)
    var replay = ServiceReplay(
      .init(prefix: "log", paths: [options.path], terms: options.machine, pace: options.pace),
      lateness: nil, clock: clock, emitting: outlet)
    defer { overlap = replay.overlap }
    for service in services { try await replay.take(service) }
    try await replay.finish()
  }

  /// All services, in the order of the file.
  private mutating func readServices(
    rejectingTo outlet: SourceOutlet
  ) async throws -> [Service] {
    let file = try await InputFile.open(options.path)
    var splitter = LineSplitter(longest: options.longestLine.bytes)
    var parser = CallLogParser(options)
    var found: [Service] = []
    var isAtEnd = false
    while !isAtEnd {
      let chunk = try await file.read(upTo: 1 << 16)
      isAtEnd = chunk.isEmpty
      for line in splitter.lines(in: chunk) + (isAtEnd ? [splitter.finish()].compactMap { $0 } : [])
      {
        switch try parser.read(line) {
        case .nothing, .unserved: break
        case .service(let service, let agent):
          found.append(service)
          agents.insert(agent)
        case .malformed(let problem):
          badRows += 1
          try await outlet.reject(
            EventFields(sequenceID: "line-\(line.number)"), code: "row.malformed",
            reason: "\(options.path):\(line.number): \(problem)",
            place: EventPlace(options.path, line: line.number))
        }
      }
    }
    rows = parser.rows
    services = found.count
    return found
  }

  package func findings() -> Findings {
    var findings = Findings()
    findings["rows"] = Double(rows)
    findings["bad_rows"] = Double(badRows)
    findings["services"] = Double(services)
    findings["agents"] = Double(agents.count)
    findings["agent_days"] = Double(overlap.agentDays)
    findings["starts_while_in_service"] = Double(overlap.startsWhileInService)
    return findings
  }
}
