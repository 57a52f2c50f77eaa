import PatchbayCore

/// Opens connections and stages in the order of the configuration.
struct StageOpener: Sendable {
  private let plan: Plan
  private let pool: ConnectionPool
  private let makeReport: @Sendable () -> RunReport
  private let openSpool: @Sendable (PlannedStage, SpoolBuffer) async throws -> Spool
  private let clock: any PipelineClock
  let symbols: SymbolTable

  init(
    _ run: PipelineRun, _ pool: ConnectionPool, _ symbols: SymbolTable, _ journal: RunJournal?
  ) {
    plan = run.plan
    self.pool = pool
    self.symbols = symbols
    clock = run.clock
    makeReport = {
      var report = run.makeReport(journal)
      // What is closed before the end isn't complete.
      report.run.canBeResumed = journal != nil
      return report
    }
    openSpool = { try await run.openSpool(before: $0, $1) }
  }

  /// The open stages; if one can't be opened those before it are closed again.
  func open() async -> Result<OpenStages, OpeningError> {
    var stages = OpenStages()
    do {
      for name in plan.connectionOrder { _ = try await pool.connection(name) }
      for planned in plan.stages {
        try Task.checkCancellation()
        guard let sink = planned.stage as? any Sink, let limits = planned.buffer.spool else {
          stages.inOrder.append((planned.name, try await open(planned.stage, planned)))
          continue
        }
        let spooled = try await open(sink, planned, limits)
        if sink is any DocumentSink {
          stages.inOrder.append((planned.name, try await open(planned.stage, planned)))
          stages.documents[planned.name] = spooled
        } else {
          stages.spooled[planned.name] = spooled
        }
      }
      return .success(stages)
    } catch {
      for (_, stage) in stages.inOrder.reversed() { await close(stage) }
      return .failure(error as? OpeningError ?? OpeningError(path: "run", cause: error))
    }
  }

  private func open<Opened: Stage>(
    _ unopened: Opened, _ planned: PlannedStage
  ) async throws -> Opened {
    var stage = unopened
    do {
      try await stage.open(pool.context(for: planned.name))
      return stage
    } catch let error as OpeningError {
      throw error
    } catch {
      throw OpeningError(path: "\(planned.role.section).\(planned.name)", cause: error)
    }
  }

  /// Opens a sink's spool; the sink itself is opened while the run goes on.
  private func open(
    _ sink: any Sink, _ planned: PlannedStage, _ limits: SpoolBuffer
  ) async throws -> SpooledSink {
    do {
      let spool = try await openSpool(planned, limits)
      return SpooledSink(
        spool, limits, clock: clock,
        open: { [pool] in
          var sink = sink
          try await sink.open(pool.context(for: planned.name))
          return sink
        }, close: { [self] in await close($0) })
    } catch {
      throw OpeningError(path: "\(planned.role.section).\(planned.name)", cause: error)
    }
  }

  private func close(_ stage: any Stage) async {
    switch stage {
    case var source as any Source: try? await source.close()
    case var injector as any Injector: await injector.close()
    case var validator as any AsyncValidator: try? await validator.close()
    // There is no verdict of a run that never started.
    case var sink as any Sink where !type(of: sink).reportsVerdict:
      try? await sink.finish(makeReport())
    default: break
    }
  }
}

/// The stages of a run, open.
struct OpenStages: Sendable {
  /// All but sinks that are opened later, in the order in which they were opened.
  var inOrder: [(name: String, stage: any Stage)] = []
  /// Sinks with a spool, by name; they are opened later.
  var spooled: [String: SpooledSink] = [:]
  /// The spools of sinks of which only the documents wait, by name.
  var documents: [String: SpooledSink] = [:]

  /// All but sinks that are opened later, by name.
  var byName: [String: any Stage] {
    Dictionary(inOrder.map { ($0.name, $0.stage) }, uniquingKeysWith: { first, _ in first })
  }
}
