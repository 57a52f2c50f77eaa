import Logging
import PatchbayCore
import PatchbayTesting

extension StageContext {
  /// What a stage is opened with that uses nothing but seed and symbols.
  static func sample(_ symbols: SymbolTable, seed: UInt64 = 7) -> StageContext {
    let time = Timestamp(nanoseconds: 1_767_225_600_000_000_000)
    return StageContext(
      name: "subject",
      run: RunIdentity(id: UUIDBits(high: 1, low: 2), seed: seed, startedAt: time),
      clock: VirtualClock(start: time), symbols: symbols,
      directory: RunDirectory(path: "/nowhere"), console: CapturedConsole(),
      input: ScriptedInput(), logger: Logger(label: "test"), connections: NoConnections())
  }
}

private struct NoConnections: ConnectionResolver {
  func connection(_ name: String) async throws -> any Connection {
    throw PipelineError("there is no connection \"\(name)\"")
  }

  func start(_ work: @escaping @Sendable () async -> Void) {}
}
