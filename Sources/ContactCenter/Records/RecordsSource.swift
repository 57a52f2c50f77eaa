import EventMapping
import Logging
package import PatchbayCore

/// Replays records of calls, in whatever shape a centre has them, as the events of the agents who served them.
package struct RecordsSource: Source, ConnectionUser {
  package static let type = "records"
  package static let doc =
    "Replays records of calls, rows or JSON, as the events of their agents; bad ones go to .rejected."
  package static let metrics = [
    MetricDeclaration("records", doc: "Records that were read."),
    MetricDeclaration("bad_records", doc: "Records that couldn't be used."),
    MetricDeclaration("unserved", doc: "Records of calls that no agent served."),
    MetricDeclaration(
      "superseded", doc: "Records that a later one of the same call took the place of."),
    MetricDeclaration("duplicates", doc: "Records that are the last one of their call once more."),
    MetricDeclaration("services", doc: "Services that are told."),
    MetricDeclaration("holds", doc: "Times that a customer waited in a talk."),
    MetricDeclaration("unanswered", doc: "Offers that agents didn't take."),
    MetricDeclaration("presences", doc: "Records of where an agent is."),
    MetricDeclaration("agents", doc: "Agents with a service."),
    MetricDeclaration("agent_days", doc: "Pairs of agent and day with a service."),
    MetricDeclaration(
      "starts_while_in_service",
      doc: "Services that start while the same agent is in another of that day."),
    MetricDeclaration(
      "over_midnight", doc: "Times of day before their starts that were taken for the next day's."),
    MetricDeclaration(
      "unknown_records", doc: "Records of which `pairs` doesn't say what they are."),
    MetricDeclaration("never_ended", doc: "Services of which the end isn't among the records."),
    MetricDeclaration(
      "calls_again",
      doc: "Services of a call that had one on another day, as where numbers restart."),
    MetricDeclaration(
      "ambiguous_times", doc: "Local times that there are twice; the first is taken."),
    MetricDeclaration("skipped_times", doc: "Local times that there aren't: clocks skipped them."),
    MetricDeclaration(
      "zones_guessed",
      doc: "Times that were taken as UTC, since neither they nor `time_zone` say their zone."),
    MetricDeclaration(
      "guessed_columns", doc: "Columns that differ from their names in case or blanks."),
  ]

  package var repeatsItself: Bool { options.follow == .no }
  package var reach: StageReach { .context }

  let options: RecordsOptions
  private let naming: RecordNaming
  private var context: StageContext?
  private var tally = RecordTally()
  private var overlap = ServiceOverlap()

  package init(_ options: RecordsOptions) {
    self.init(options, naming: .records)
  }

  init(_ options: RecordsOptions, naming: RecordNaming) {
    self.options = options
    self.naming = naming
  }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    let files = options.path.joined(separator: ", ")
    if options.mapping == nil {
      // Records have names; the ids are made from those that are none.
      forecast.agents = .invented
      let each = options.machine == .agentDesktop ? "five" : "three to five"
      forecast.events = .unknown("\(each) for each served record of \(files)")
    } else {
      forecast.events = .unknown("one for each record of \(files)")
    }
    forecast.inputFiles = options.path.filter { !RecordFiles.isPattern($0) }
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    self.context = context
  }

  package func objection(to connection: any Connection) -> String? {
    (connection as? MappingConnection)?.objection(toReading: options.format.isJSON)
  }

  package mutating func run(emitting outlet: SourceOutlet) async throws {
    guard let context else { return }
    if options.follow != .no { return try await follow(options.path[0], outlet, context) }
    let mapping = try await mapping(context)
    let paths = try await RecordFiles.inOrder(options, mapping)
    if let mapping {
      try await tellEvents(of: paths, by: mapping, outlet, context)
    } else {
      try await tellServices(of: paths, outlet, context)
    }
  }

  /// By which records are read that are events; nil if they are services.
  func mapping(_ context: StageContext) async throws -> MappingConnection? {
    guard let name = options.mapping else { return nil }
    return try await context.connection(name, as: MappingConnection.self)
  }

  private mutating func follow(
    _ path: String, _ outlet: SourceOutlet, _ context: StageContext
  ) async throws {
    if context.clock is VirtualClock {
      throw PipelineError(
        "\(path) can't be followed on the virtual clock, which waits for nothing: set \"follow\" to \"no\", or "
          + "\"run.clock\" to \"real\"")
    }
    context.logger.notice("follows \(path) until the run is stopped")
    let follower = RecordFollower(path: path, skipsPast: options.follow == .fromEnd)
    if let mapping = try await mapping(context) {
      var teller = EventRecords(options, mapping, context, emitting: outlet)
      defer { tally = teller.tally }
      return try await follower.run(&teller)
    }
    let replay = ServiceReplay(
      .init(
        prefix: Self.followedName(context), isByLine: naming.isByLine, paths: [path],
        terms: options.machine, pace: .asFastAsPossible),
      lateness: .zero, clock: context.clock, emitting: outlet)
    var teller = ServiceTeller(ServiceFiles(options, first: path), replay, outlet) {
      [naming] problem, place, number in
      try await outlet.reject(
        problem, at: place, id: naming.badID(place, number: number, of: context.name),
        code: naming.badCode)
    }
    defer {
      tally = teller.tally
      overlap = teller.replay.overlap
    }
    try await follower.run(&teller)
  }

  /// What ids begin with: a run that is gone on with numbers anew what comes.
  static func followedName(_ context: StageContext) -> String {
    context.run.attempt > 1 ? "\(context.name)-\(context.run.attempt)" : context.name
  }

  private mutating func tellEvents(
    of paths: [String], by mapping: MappingConnection, _ outlet: SourceOutlet,
    _ context: StageContext
  ) async throws {
    var replay = EventRecords(options, mapping, context, emitting: outlet)
    defer { tally = replay.tally }
    for path in paths { try await replay.tell(path, isOneOfMany: paths.count > 1) }
    try replay.finish()
    tell(replay.tally, context)
  }

  private mutating func tellServices(
    of paths: [String], _ outlet: SourceOutlet, _ context: StageContext
  ) async throws {
    // Files are read twice: once for what has to be known before the first service is told.
    let survey = try await paths.allSatisfy(RegularFile.isOne) ? Self.survey(options, paths) : nil
    if survey == nil, !options.latestBy.isEmpty {
      throw UnreadableInput(
        "\(options.path.joined(separator: ", ")) is no regular file: which record of a call is the latest is known "
          + "only when it can be read twice")
    }
    var replay = ServiceReplay(
      .init(
        prefix: naming.prefix ?? context.name, isByLine: naming.isByLine, paths: paths,
        terms: options.machine, pace: options.pace),
      lateness: survey?.lateness, clock: context.clock, emitting: outlet)
    let feed = RecordFeed(paths) { [options] in
      ServiceFiles(options, first: $0, versions: survey?.versions ?? RecordVersions())
    }
    let told: Result<Void, any Error>
    do {
      told = .success(try await tellAll(of: feed, &replay, outlet, context))
    } catch {
      told = .failure(error)
    }
    overlap = replay.overlap
    let ending = await feed.finish()
    tally = ending.tally
    tally.empty = await feed.empty
    try told.get()
    if let objection = ending.objection { throw objection }
    tell(tally, context)
    try await replay.finish()
    overlap = replay.overlap
  }

  private func tellAll(
    of feed: RecordFeed, _ replay: inout ServiceReplay, _ outlet: SourceOutlet,
    _ context: StageContext
  ) async throws {
    var part = RecordFeed.Part()
    while !part.isLast {
      // The next part is read while this one is told.
      async let next = feed.next()
      for finding in part.findings { try await tell(finding, &replay, outlet, context) }
      part = try await next
    }
    for finding in part.findings { try await tell(finding, &replay, outlet, context) }
  }

  private func tell(
    _ finding: ServiceFiles.Finding, _ replay: inout ServiceReplay, _ outlet: SourceOutlet,
    _ context: StageContext
  ) async throws {
    switch finding {
    case .service(let service, _): try await replay.take(service)
    case .problem(let problem, let place, let number):
      try await outlet.reject(
        problem, at: place, id: naming.badID(place, number: number, of: context.name),
        code: naming.badCode)
    }
  }

  /// All that the records of some files hold.
  ///
  /// - Throws: `UnreadableInput` if nobody can use them.
  package static func findings(
    of options: RecordsOptions
  ) async throws -> (findings: [ServiceFiles.Finding], tally: RecordTally) {
    let paths = try await RecordFiles.inOrder(options, nil)
    let versions = try await survey(options, paths).versions
    let feed = RecordFeed(paths) { ServiceFiles(options, first: $0, versions: versions) }
    var findings: [ServiceFiles.Finding] = []
    var part = RecordFeed.Part()
    repeat {
      part = try await feed.next()
      findings += part.findings
    } while !part.isLast
    let ending = await feed.finish()
    if let objection = ending.objection { throw objection }
    return (findings, ending.tally)
  }

  private static func survey(
    _ options: RecordsOptions, _ paths: [String]
  ) async throws -> RecordSurvey {
    var survey = RecordSurvey()
    let feed = RecordFeed(paths) {
      ServiceFiles(options, first: $0, versions: nil, isBrief: true)
    }
    var part = RecordFeed.Part()
    repeat {
      part = try await feed.next()
      for case .service(let service, _) in part.findings { survey.note(service) }
    } while !part.isLast
    survey.finish(await feed.finish().versions)
    return survey
  }

  private func tell(_ tally: RecordTally, _ context: StageContext) {
    if tally.callsAgain > 0 {
      context.logger.warning(
        """
        \(tally.callsAgain) services are of calls that had one on another day: if numbers restart each day, name \
        the date among the columns of "call"
        """)
    }
    for member in tally.unseen {
      context.logger.warning("no record had \(member); look at the mapping")
    }
    for path in tally.empty { context.logger.warning("\(path) is empty") }
    for (name, column) in tally.guessed {
      context.logger.notice(
        "the column \(column.debugDescription) is taken for \(name.debugDescription)")
    }
  }

  package func findings() -> Findings {
    var findings = Findings()
    findings["records"] = Double(tally.records)
    findings["bad_records"] = Double(tally.bad)
    findings["unserved"] = Double(tally.unserved)
    findings["superseded"] = Double(tally.superseded)
    findings["duplicates"] = Double(tally.duplicates)
    findings["services"] = Double(tally.services)
    findings["holds"] = Double(tally.holds)
    findings["unanswered"] = Double(tally.unanswered)
    findings["presences"] = Double(tally.presences)
    findings["agents"] = Double(tally.agents)
    findings["agent_days"] = Double(overlap.agentDays)
    findings["starts_while_in_service"] = Double(overlap.startsWhileInService)
    findings["over_midnight"] = Double(tally.overMidnight)
    findings["unknown_records"] = Double(tally.unknown)
    findings["never_ended"] = Double(tally.open)
    findings["calls_again"] = Double(tally.callsAgain)
    findings["ambiguous_times"] = Double(tally.ambiguous)
    findings["skipped_times"] = Double(tally.skipped)
    findings["zones_guessed"] = Double(tally.zonesGuessed)
    findings["guessed_columns"] = Double(tally.guessed.count)
    return findings
  }
}
