package import Logging
package import PatchbayCore

extension StageContext {
  /// What a stage is given outside a run: there are no connections, and no folder is made.
  ///
  /// - Parameters:
  ///   - directory: the run's folder.
  ///   - attempt: how often the run has been started.
  ///   - values: what modules beside the core hand to the stage.
  package static func forTests(
    clock: any PipelineClock,
    logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
    values: RunValues = RunValues(), directory: String = "/nowhere", attempt: Int = 1
  ) -> StageContext {
    var run = RunIdentity(id: UUIDBits(high: 1, low: 2), seed: 7, startedAt: clock.now)
    run.attempt = attempt
    return StageContext(
      name: "subject", run: run, clock: clock, symbols: SymbolTable(),
      directory: RunDirectory(path: directory),
      console: CapturedConsole(), input: ScriptedInput(), logger: logger,
      connections: NoConnections(), values: values)
  }
}

/// Has no connection, and runs nothing.
private struct NoConnections: ConnectionResolver {
  func connection(_ name: String) async throws -> any Connection {
    throw PipelineError("there is no connection \"\(name)\"")
  }

  func start(_ work: @escaping @Sendable () async -> Void) {}
}
