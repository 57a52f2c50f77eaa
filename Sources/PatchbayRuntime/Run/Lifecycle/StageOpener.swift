import PatchbayCore

/// Opens connections and stages in the order of the configuration.
struct StageOpener: Sendable {
  private let plan: Plan
  private let pool: ConnectionPool
  private let makeReport: @Sendable () -> RunReport
  let symbols: SymbolTable

  init(_ run: PipelineRun, _ pool: ConnectionPool, _ symbols: SymbolTable) {
    plan = run.plan
    self.pool = pool
    self.symbols = symbols
    makeReport = { run.makeReport() }
  }

  /// The open stages by name; if one can't be opened those before it are closed again.
  func open() async -> Result<[String: any Stage], OpeningError> {
    var stages: [(name: String, stage: any Stage)] = []
    do {
      for name in plan.connectionOrder { _ = try await pool.connection(name) }
      for planned in plan.stages {
        try Task.checkCancellation()
        stages.append((planned.name, try await open(planned)))
      }
      return .success(Dictionary(uniqueKeysWithValues: stages))
    } catch {
      for (_, stage) in stages.reversed() { await close(stage) }
      return .failure(error as? OpeningError ?? OpeningError(path: "run", cause: error))
    }
  }

  private func open(_ planned: PlannedStage) async throws -> any Stage {
    var stage = planned.stage
    do {
      try await stage.open(pool.context(for: planned.name))
      return stage
    } catch let error as OpeningError {
      throw error
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
