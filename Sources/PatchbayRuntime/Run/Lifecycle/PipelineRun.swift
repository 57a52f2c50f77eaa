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
  private let hasStarted = Atomic(false)

  var clock: any PipelineClock { services.clock }
  var control: StopControl { services.control }

  /// Makes a run; nothing is opened or written yet.
  ///
  /// - Parameters:
  ///   - plan: what to run.
  ///   - environment: what it may use of the outside world.
  ///   - control: stops it from outside.
  public init(_ plan: Plan, in environment: RunEnvironment, control: StopControl = StopControl()) {
    self.plan = plan
    self.environment = environment
    let clock = environment.clock ?? plan.options.clock.makeClock(epoch: plan.options.epoch)
    var random = SystemRandomNumberGenerator()
    let wallClock = RealClock().now
    identity = plan.identity(
      id: .version7(at: wallClock, using: &random), startedAt: clock.now)
    directory = RunDirectory(
      path: "\(plan.options.directory)/\(wallClock.fileNameStamp)-\(identity.id)")
    let meters = RunMeters(environment.metrics, pipeline: plan.name)
    let observe: @Sendable (SettlementCounts) -> Void = { meters?.add($0) }
    ledger = DeliveryLedger(observe: meters == nil ? nil : observe)
    var counters: [String: StageCounters] = [:]
    for stage in plan.stages {
      counters[stage.name] = StageCounters(
        name: stage.name, role: stage.role, type: stage.type,
        meters: meters?.stage(stage.name, stage.role))
    }
    self.counters = counters
    services = RunServices(
      clock: clock, control: control, failures: FailureLog(),
      latency: LatencyRecorder(meters: meters), observers: environment.observers,
      batchSize: environment.batchSize)
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
      let report = await runStages(StageOpener(self, pool, symbols))
      await pool.close()
      group.cancelAll()
      return report
    }
  }

  private func runStages(_ opener: StageOpener) async -> RunReport {
    let folder: RunFolder
    do {
      folder = try await makeFolder()
    } catch {
      services.failures.add("run", error)
      return makeReport()
    }
    let report = await moveEvents(opener)
    do {
      try await folder.write(report)
      return report
    } catch {
      services.failures.add("run", error)
      return makeReport()
    }
  }

  private func makeFolder() async throws -> RunFolder {
    let retention = RunRetention(
      directory: plan.options.directory, keep: plan.options.keep,
      keepAudits: plan.options.keepAudits)
    try? await BlockingLane("patchbay.folder").run { retention.apply() }
    return try await RunFolder.make(directory)
  }

  private func moveEvents(_ opener: StageOpener) async -> RunReport {
    // A stop while connections and stages are opened ends that: there is nothing to drain yet.
    let opened = await control.cancelling(at: .drain, on: clock) { await opener.open() }
    var sinks: [SinkRunner] = []
    switch opened {
    case .success(let stages): sinks = await move(stages, opener.symbols)
    case .failure(let error):
      if !(error.isCancelled && control.has(.drain)) {
        services.failures.add(error.path, error.cause)
      } else if control.ending == .deadline {
        services.failures.add(error.path, "wasn't open when the deadline passed")
      }
    }
    return await finish(sinks)
  }

  private func move(_ stages: [String: any Stage], _ symbols: SymbolTable) async -> [SinkRunner] {
    let wiring = Wiring(plan: plan, stages: stages, counters: counters, services)
    channels.withLock { $0 = wiring.channels }
    defer { channels.withLock { $0 = [:] } }
    let runners = StageRunners(plan, wiring, stages, counters, ledger, symbols)
    return await runners.run(in: services)
  }

  private func context(
    for name: String, symbols: SymbolTable, connections: any ConnectionResolver
  ) -> StageContext {
    var logger = environment.logger
    logger[metadataKey: "stage"] = .string(name)
    return StageContext(
      name: name, run: identity, clock: clock, symbols: symbols, directory: directory,
      console: environment.console, input: environment.input, logger: logger,
      connections: connections, values: environment.values)
  }
}
