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
  let clock: any PipelineClock
  let identity: RunIdentity
  let directory: RunDirectory
  let counters: [String: StageCounters]
  let ledger: DeliveryLedger
  let services: RunServices
  let control: StopControl
  let realStart = MonotonicInstant.now
  let leftovers = Mutex<[String]>([])

  /// Makes a run; nothing is opened or written yet.
  ///
  /// - Parameters:
  ///   - plan: what to run.
  ///   - environment: what it may use of the outside world.
  ///   - control: stops it from outside.
  public init(_ plan: Plan, in environment: RunEnvironment, control: StopControl = StopControl()) {
    self.plan = plan
    self.environment = environment
    self.control = control
    clock = environment.clock ?? plan.options.clock.makeClock(epoch: plan.options.epoch)
    var random = SystemRandomNumberGenerator()
    let wallClock = RealClock().now
    identity = RunIdentity(
      id: .version7(at: wallClock, using: &random), seed: plan.options.seed, startedAt: clock.now)
    directory = RunDirectory(
      path: "\(plan.options.directory)/\(wallClock.fileNameStamp)-\(identity.id)")
    let meters = RunMeters(environment.metrics, pipeline: plan.name)
    if let meters {
      ledger = DeliveryLedger { meters.add($0) }
    } else {
      ledger = DeliveryLedger()
    }
    var counters: [String: StageCounters] = [:]
    for stage in plan.stages {
      counters[stage.name] = StageCounters(
        name: stage.name, role: stage.role, type: stage.type,
        meters: meters?.stage(stage.name, stage.role))
    }
    self.counters = counters
    services = RunServices(
      clock: clock, failures: FailureLog(), latency: LatencyRecorder(meters: meters),
      abort: AbortFlag(),
      observer: environment.observer)
  }

  /// The run's folder; made when the first file is put there.
  public var directoryPath: String { directory.path }

  /// How far the run is.
  public var progress: RunProgress {
    RunProgress(
      events: ledger.counts, injection: services.latency.report,
      stages: plan.stages.compactMap { counters[$0.name]?.snapshot },
      elapsedNanoseconds: clock.now.nanosecondsSince(identity.startedAt))
  }

  /// Stops the sources and lets the run drain.
  ///
  /// May be called from anywhere, any number of times, also before `run()`, which returns once the
  /// run has drained.
  public func stop() { control.stop() }

  /// Runs the plan.
  ///
  /// Call it once.
  ///
  /// Cancelling the calling task ends the run at once, as a second signal does.
  public func run() async -> RunReport {
    await withTaskCancellationHandler {
      await execute()
    } onCancel: {
      control.request(.now, ending: .interrupted)
    }
  }

  private func execute() async -> RunReport {
    let symbols = SymbolTable()
    let pool = ConnectionPool(
      planned: plan.connections, failures: services.failures
    ) { [self] name, pool in
      context(for: name, symbols: symbols, connections: pool)
    }
    return await withTaskGroup(of: Void.self) { group in
      group.addTask { await pool.serveAll() }
      let report = await execute(symbols: symbols, connections: pool)
      await pool.close()
      group.cancelAll()
      return report
    }
  }

  private func execute(symbols: SymbolTable, connections pool: ConnectionPool) async -> RunReport {
    var sinks: [SinkRunner] = []
    // Whoever does something holds virtual time; this task lets go of it while it only waits.
    clock.hold()
    defer { clock.release() }
    do {
      RunRetention(directory: plan.options.directory, keep: plan.options.keep).apply()
      for name in plan.connectionOrder { _ = try await pool.connection(name) }
      let stages = try await openStages(symbols: symbols, connections: pool)
      sinks = await move(stages, symbols: symbols)
    } catch let error as OpeningError {
      services.failures.add(error.path, error.cause)
    } catch {
      services.failures.add("run", error)
    }
    return await finish(sinks)
  }

  private func context(
    for name: String, symbols: SymbolTable, connections: ConnectionPool
  ) -> StageContext {
    var logger = environment.logger
    logger[metadataKey: "stage"] = .string(name)
    return StageContext(
      name: name, run: identity, clock: clock, symbols: symbols, directory: directory,
      console: environment.console, input: environment.input, logger: logger,
      connections: connections, values: environment.values)
  }

  /// Opens all stages in order; if one can't be opened those before it are closed again.
  private func openStages(
    symbols: SymbolTable, connections: ConnectionPool
  ) async throws -> [String: any Stage] {
    var stages: [String: any Stage] = [:]
    for planned in plan.stages {
      var stage = planned.stage
      do {
        try await stage.open(context(for: planned.name, symbols: symbols, connections: connections))
      } catch {
        for opened in stages.values { await close(opened) }
        if let error = error as? OpeningError { throw error }
        throw OpeningError(path: "\(planned.role.section).\(planned.name)", cause: error)
      }
      stages[planned.name] = stage
    }
    return stages
  }

  private func close(_ stage: any Stage) async {
    if let injector = stage as? any Injector {
      var injector = injector
      await injector.close()
    } else if let validator = stage as? any AsyncValidator {
      var validator = validator
      await validator.close()
    } else if let sink = stage as? any Sink, !type(of: sink).reportsVerdict {
      // There is no verdict of a run that never started.
      var sink = sink
      try? await sink.finish(makeReport())
    }
  }

  // MARK: Moving events

  private enum UnitEnd: Sendable {
    case unit
    case sink(SinkRunner)
    case abort
  }

  /// Runs every stage until all events have left, and returns the sinks.
  private func move(_ stages: [String: any Stage], symbols: SymbolTable) async -> [SinkRunner] {
    let wiring = Wiring(plan: plan, stages: stages, counters: counters, clock: clock)
    return await withTaskGroup(of: Void.self) { watchers in
      watchers.addTask { await self.watchDeadline() }
      watchers.addTask { await self.watchDrain() }
      let sinks = await runUnits(stages, wiring, symbols: symbols)
      watchers.cancelAll()
      return sinks
    }
  }

  private func runUnits(
    _ stages: [String: any Stage], _ wiring: Wiring, symbols: SymbolTable
  ) async -> [SinkRunner] {
    await withTaskGroup(of: UnitEnd.self) { group in
      var units = 0
      func add(_ body: @escaping @Sendable () async -> UnitEnd) {
        units += 1
        clock.hold()
        group.addTask { [clock] in
          let end = await body()
          clock.release()
          return end
        }
      }
      let sources = plan.stages.compactMap { planned in
        sourceRunner(planned, stages[planned.name], wiring, symbols: symbols)
      }
      add { [self] in
        await run(sources)
        return .unit
      }
      for planned in plan.stages {
        guard let channel = wiring.channels[planned.name], let counters = counters[planned.name]
        else { continue }
        if let sink = stages[planned.name] as? any Sink {
          let runner = SinkRunner(inlet: channel, sink: sink, counters: counters)
          add { [services] in
            var runner = runner
            await runner.run(in: services)
            return .sink(runner)
          }
        } else if let injector = stages[planned.name] as? any Injector,
          let main = wiring.port(PlannedInput.mainPort, of: planned),
          let failed = wiring.port("failed", of: planned)
        {
          let runner = InjectorRunner(
            inlet: channel, injector: injector, counters: counters, main: main, failed: failed)
          add { [services] in
            await runner.run(in: services)
            return .unit
          }
        } else if let head = wiring.chain(from: planned) {
          let runner = ChainRunner(inlet: channel, head: head)
          add { [services] in
            var runner = runner
            await runner.run(in: services)
            return .unit
          }
        }
      }
      group.addTask { [control] in
        _ = await control.wait(for: .now)
        return .abort
      }
      clock.release()
      var sinks: [SinkRunner] = []
      while units > 0, let end = await group.next() {
        switch end {
        case .unit: units -= 1
        case .sink(let runner):
          units -= 1
          sinks.append(runner)
        case .abort:
          abort(wiring)
          group.cancelAll()
        }
      }
      clock.hold()
      group.cancelAll()
      for channel in wiring.channels.values { channel.abort() }
      return sinks
    }
  }

  private func sourceRunner(
    _ planned: PlannedStage, _ stage: (any Stage)?, _ wiring: Wiring, symbols: SymbolTable
  ) -> SourceRunner? {
    guard let source = stage as? any Source, let counters = counters[planned.name],
      let main = wiring.port(PlannedInput.mainPort, of: planned),
      let rejected = wiring.port("rejected", of: planned)
    else { return nil }
    return SourceRunner(
      source: source, counters: counters, ledger: ledger, symbols: symbols,
      batchSize: Channel.defaultBatchSize,
      main: main, rejected: rejected)
  }

  /// Runs the sources until they end or are stopped; nothing else is stopped by that.
  private func run(_ sources: [SourceRunner]) async {
    await withTaskGroup(of: Bool.self) { group in
      for source in sources {
        clock.hold()
        group.addTask { [services] in
          await source.run(in: services)
          services.clock.release()
          return true
        }
      }
      group.addTask { [control] in
        _ = await control.wait(for: .gracefully)
        return false
      }
      // This task only waits: it must not hold virtual time.
      clock.release()
      var left = sources.count
      while left > 0, let isSource = await group.next() {
        if isSource { left -= 1 } else { group.cancelAll() }
      }
      clock.hold()
      group.cancelAll()
    }
  }
}
