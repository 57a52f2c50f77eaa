import Logging
public import PatchbayCore
import Synchronization

/// One execution of a plan.
///
/// `run()` opens connections and stages, moves every event to its end, finishes the sinks and says
/// how it went; it never throws, since whatever goes wrong belongs into the report.
public final class PipelineRun: Sendable {
  let plan: Plan
  let environment: RunEnvironment
  /// Which run it is, and of what.
  public let identity: RunIdentity
  let directory: RunDirectory
  let counters: [String: StageCounters]
  let ledger: DeliveryLedger
  let services: RunServices
  let realStart = MonotonicInstant.now
  /// The channels while events move.
  let channels = Mutex<[String: Channel]>([:])
  /// How long each stage had done nothing when the drain ended, by its name.
  let idle = Mutex<[String: Int64]>([:])
  /// The threshold that ended the run, as it stood then.
  let lostThreshold = Mutex<ThresholdResult?>(nil)
  /// How the run went until now; nil if nobody wants to know.
  let recordedTimeline: Mutex<TimelineRecorder?>
  private let hasStarted = Atomic(false)
  /// What the run is gone on with by; nil if it is a new one.
  private let interrupted: InterruptedRun?

  var clock: any PipelineClock { services.clock }
  var control: StopControl { services.control }

  /// Makes a run; nothing is opened or written yet.
  ///
  /// - Parameters:
  ///   - plan: what to run.
  ///   - environment: what it may use of the outside world.
  ///   - control: stops it from outside.
  public convenience init(
    _ plan: Plan, in environment: RunEnvironment, control: StopControl = StopControl()
  ) {
    self.init(plan, in: environment, control: control, goingOnWith: nil)
  }

  /// Makes a run that goes on with one that was interrupted; call `run()` next.
  ///
  /// However that ended: killed, stopped, or out of room on its disk. What was emitted comes again from its journal; injectors send what was never sent, and once more, under
  /// the same idempotency keys, what was sent without an answer on record.
  ///
  /// - Parameters:
  ///   - folder: the run's folder.
  ///   - plan: what it was a run of.
  ///   - environment: what it may use of the outside world.
  ///   - control: stops it from outside.
  /// - Throws: `UnreadableInput` if the folder has no journal that can be read; `PipelineError` if the run
  ///   still goes on, or was begun with another configuration.
  public static func goingOn(
    with folder: String, _ plan: Plan, in environment: RunEnvironment,
    control: StopControl = StopControl()
  ) async throws -> PipelineRun {
    let interrupted = try await InterruptedRun.takeUp(folder)
    let run = PipelineRun(plan, in: environment, control: control, goingOnWith: interrupted)
    if let objection = interrupted.past.head.objection(to: plan, run.identity) {
      throw PipelineError("can't go on with \(folder): \(objection)", code: .otherConfiguration)
    }
    return run
  }

  private init(
    _ plan: Plan, in environment: RunEnvironment, control: StopControl,
    goingOnWith interrupted: InterruptedRun?
  ) {
    self.plan = plan
    self.environment = environment
    self.interrupted = interrupted
    let wallClock = environment.wallClock()
    // A run's time never goes back: where the date does between two of its starts, or its time ran ahead of
    // the date, sources would wait until it is again what it was.
    let past = interrupted?.past.lastTime
    let clock =
      environment.clock
      ?? plan.options.clock.makeClock(
        epoch: past ?? plan.options.epoch, now: max(wallClock, past ?? wallClock))
    var identity: RunIdentity
    if let interrupted {
      identity = plan.identity(
        id: interrupted.past.head.id, startedAt: interrupted.past.head.startedAt,
        attempt: interrupted.past.attempts + 1)
      directory = interrupted.folder.directory
    } else {
      var random = SystemRandomNumberGenerator()
      identity = plan.identity(
        id: .version7(at: wallClock, using: &random), startedAt: clock.now)
      directory = RunDirectory(
        path: "\(plan.options.directory)/\(wallClock.fileNameStamp)-\(identity.id)")
    }
    if let key = environment.key { identity.key = key }
    self.identity = identity
    recordedTimeline = Mutex(environment.keepsTimeline ? TimelineRecorder() : nil)
    let meters = RunMeters(environment.metrics, pipeline: plan.name)
    let observe: @Sendable (SettlementCounts) -> Void = { meters?.add($0) }
    ledger = DeliveryLedger(observe: meters == nil ? nil : observe)
    var counters: [String: StageCounters] = [:]
    for stage in plan.stages {
      counters[stage.name] = StageCounters(
        name: stage.name, role: stage.role, type: stage.type,
        inputs: stage.inputs.map(\.text), start: identity.startedAt,
        observers: environment.observers,
        meters: meters?.stage(stage.name, stage.role))
    }
    self.counters = counters
    services = RunServices(
      clock: clock, control: control, failures: FailureLog(),
      latency: LatencyRecorder(by: plan.latencyLabels, meters: meters),
      observers: environment.observers,
      batchSize: environment.batchSize, wallClock: environment.wallClock,
      drain: plan.options.drain, drainsSpools: environment.drainsSpools)
  }

  /// The run's folder; made when the run begins.
  public var directoryPath: String { directory.path }

  /// How far the run is.
  public var progress: RunProgress {
    RunProgress(
      events: ledger.counts, injection: services.latency.report,
      stages: plan.stages.compactMap { counters[$0.name]?.snapshot },
      channels: channels.withLock { $0 }.mapValues(\.gauge),
      elapsedNanoseconds: clock.now.nanosecondsSince(identity.startedAt))
  }

  /// Stops the sources and lets the run drain.
  ///
  /// May be called from anywhere, any number of times, also before `run()`, which returns once the
  /// run has drained.
  public func stop() { control.stop() }

  /// Runs the plan, once; a second call does nothing and says so in its report.
  ///
  /// Cancelling the calling task ends the run at once, as a third signal does.
  public func run() async -> RunReport {
    if hasStarted.exchange(true, ordering: .acquiringAndReleasing) {
      var report = makeReport()
      report.failures.append("run: it was run before; make another one")
      return report
    }
    return await withTaskCancellationHandler {
      await clock.whileWorking { await execute() }
    } onCancel: {
      control.request(.abort, ending: .interrupted)
    }
  }

  private func execute() async -> RunReport {
    let background = BackgroundWork()
    let symbols = SymbolTable()
    let pool = ConnectionPool(
      planned: plan.connections, clock: clock, failures: services.failures,
      background: background,
      opened: { [services] name, connection in
        for observer in services.observers { observer.connection(name, opened: connection) }
      },
      makeContext: { [self] name, connections in
        context(for: name, symbols: symbols, connections: connections)
      })
    return await withTaskGroup(of: Void.self) { group in
      group.addTask { await background.run() }
      group.addTask { await self.watchDeadline() }
      group.addTask { await self.watchDrain() }
      group.addTask { await self.watchThresholds() }
      group.addTask { await self.keepTimeline() }
      let report = await runStages(pool, symbols)
      await pool.close()
      group.cancelAll()
      return report
    }
  }

  private func runStages(_ pool: ConnectionPool, _ symbols: SymbolTable) async -> RunReport {
    let folder: RunFolder
    let journal: RunJournal?
    do {
      folder = try await makeFolder()
      journal = try await openJournal()
    } catch {
      services.failures.add("run", error)
      return makeReport()
    }
    let (moved, spooled) = await moveEvents(StageOpener(self, pool, symbols, journal), journal)
    var report = moved
    do {
      try await folder.write(report)
    } catch {
      services.failures.add("run", error)
      report.failures = services.failures.lines
      report.run.canBeResumed = journal != nil
    }
    // Behind the report, which must have what room there is; a run without pictures is none the worse.
    if let timeline = report.timeline {
      do {
        try await folder.write(timeline)
      } catch {
        environment.logger.warning("\(error)")
      }
    }
    if !report.run.canBeResumed { await release(spooled) }
    // Last, so that a run without a report can always be gone on with.
    await journal?.journal.close(isComplete: !report.run.canBeResumed)
    return report
  }

  private func makeFolder() async throws -> RunFolder {
    if let interrupted { return interrupted.folder }
    let retention = RunRetention(
      directory: plan.options.directory, keep: plan.options.keep,
      keepAudits: plan.options.keepAudits)
    try? await BlockingLane("patchbay.folder").run { retention.apply() }
    return try await RunFolder.make(directory)
  }

  private func openJournal() async throws -> RunJournal? {
    let path = try directory.path(of: Journal.fileName)
    let whenBroken: @Sendable (any Error) -> Void = { [services] error in
      services.failures.add("run.journal", error)
      services.control.request(.drain)
    }
    if let past = interrupted?.past {
      let journal = try await Journal.goOn(
        at: path, behind: past, time: clock.now, whenBroken: whenBroken)
      return RunJournal(journal, at: path, past: past, of: plan)
    }
    guard plan.hasJournal else { return nil }
    let journal = try await Journal.make(
      at: path, JournalHead(identity, plan), whenBroken: whenBroken)
    return RunJournal(journal, at: path, past: nil, of: plan)
  }

  private func moveEvents(
    _ opener: StageOpener, _ journal: RunJournal?
  ) async -> (RunReport, [String: SpooledSink]) {
    // A stop while connections and stages are opened ends that: there is nothing to drain yet.
    let opened = await control.cancelling(at: .drain, on: clock) { await opener.open() }
    var sinks: [EndedSink] = []
    var spooled: [String: SpooledSink] = [:]
    switch opened {
    case .success(let stages):
      spooled = stages.spooled.merging(stages.documents) { first, _ in first }
      sinks = await move(stages, opener.symbols, journal)
    case .failure(let error):
      if !(error.isCancelled && control.has(.drain)) {
        services.failures.add(error.path, error.cause)
      } else if control.ending == .deadline {
        services.failures.add(error.path, "wasn't open when the deadline passed")
      }
    }
    noteMoment()
    await finish(sinks, journal)
    await close(spooled)
    return (makeReport(journal), spooled)
  }

  private func move(
    _ stages: OpenStages, _ symbols: SymbolTable, _ journal: RunJournal?
  ) async -> [EndedSink] {
    var services = services
    services.journal = journal
    let wiring = Wiring(plan: plan, stages: stages.byName, counters: counters, services)
    channels.withLock { $0 = wiring.channels }
    defer { channels.withLock { $0 = [:] } }
    let runners = StageRunners(plan, wiring, stages, counters, ledger, symbols)
    return await runners.run(in: services)
  }

  private func context(
    for name: String, symbols: SymbolTable, connections: any ConnectionResolver
  ) -> StageContext {
    var logger = environment.logger
    logger[metadataKey: "run"] = .string(identity.id.description)
    logger[metadataKey: "stage"] = .string(name)
    return StageContext(
      name: name, run: identity, clock: clock, symbols: symbols, directory: directory,
      console: environment.console, input: environment.input, logger: logger,
      connections: connections, values: environment.values)
  }
}
