import Logging
public import PatchbayCore

/// Looks at what a plan needs of the outside world, without moving an event.
public struct Checkup: Sendable {
  private let plan: Plan
  private let environment: RunEnvironment
  private let identity: RunIdentity

  /// Makes a checkup; nothing is opened yet.
  public init(_ plan: Plan, in environment: RunEnvironment) {
    self.plan = plan
    self.environment = environment
    var random = SystemRandomNumberGenerator()
    let now = (environment.clock ?? RealClock()).now
    identity = plan.identity(id: .version7(at: now, using: &random), startedAt: now)
  }

  /// Examines every connection and stage that can be, one after the other.
  public func run() async -> CheckupReport {
    let symbols = SymbolTable()
    let background = BackgroundWork()
    let pool = ConnectionPool(
      planned: plan.connections, clock: environment.clock ?? RealClock(), failures: FailureLog(),
      background: background
    ) { name, pool in
      context(for: name, symbols, pool)
    }
    return await withTaskGroup(of: Void.self) { group in
      group.addTask { await background.run() }
      let result = await examineAll(pool, background, symbols)
      await pool.close()
      group.cancelAll()
      return result
    }
  }

  private func examineAll(
    _ pool: ConnectionPool, _ background: BackgroundWork, _ symbols: SymbolTable
  ) async -> CheckupReport {
    var report = CheckupReport()
    let outlook = PlanOutlook(plan)
    func fileChecks(_ path: String) -> [Check] {
      outlook.inputFiles.filter { $0.stage == path }.map { .readableFile($0.path) }
    }
    let nothing = ForecastInput(events: .exactly(0), connections: plan.connections)
    report.entries.append(
      .init(path: "run", type: "folder", checks: [.writableFolder(plan.options.directory)]))
    var broken: Set<String> = []
    for name in plan.connectionOrder {
      guard let connection = plan.connections[name] else { continue }
      let path = "connections.\(name)"
      let checks = await Self.checks {
        let sound = SoundConnections(pool: pool, background: background, broken: broken)
        if let connection = connection as? any Examinable {
          return try await connection.examine(context(for: name, symbols, sound), nothing)
        }
        _ = try await pool.connection(name)
        return [.good("opening", "it opens")]
      }
      let isSound = checks.contains { $0.verdict == .good }
      if !isSound || checks.contains(where: { $0.verdict == .bad }) { broken.insert(name) }
      report.entries.append(
        .init(path: path, type: type(of: connection).type, checks: fileChecks(path) + checks))
    }
    let connections = SoundConnections(pool: pool, background: background, broken: broken)
    for planned in plan.stages {
      let path = "\(planned.role.section).\(planned.name)"
      var checks = fileChecks(path)
      if let stage = planned.stage as? any Examinable {
        checks += await Self.checks {
          try await stage.examine(
            context(for: planned.name, symbols, connections),
            outlook.inputs[planned.name] ?? nothing)
        }
      }
      if checks.isEmpty {
        report.unexamined.append(path)
      } else {
        report.entries.append(.init(path: path, type: planned.type, checks: checks))
      }
    }
    return report
  }

  /// Turns what kept a look from happening into a check.
  private static func checks(_ body: () async throws -> [Check]) async -> [Check] {
    do {
      return try await body()
    } catch let error as BrokenConnection {
      return [.unchecked("connection", "connections.\(error.name) must be mended first")]
    } catch let error as OpeningError {
      return [.bad("opening", "\(error.path): \(error.cause)", cure: Self.openingCure)]
    } catch {
      return [.bad("opening", "\(error)", cure: Self.openingCure)]
    }
  }

  private static let openingCure =
    "a run ends with the same words before its first event; mend this first"

  private func context(
    for name: String, _ symbols: SymbolTable, _ connections: any ConnectionResolver
  ) -> StageContext {
    var logger = environment.logger
    logger[metadataKey: "stage"] = .string(name)
    return StageContext(
      name: name, run: identity, clock: environment.clock ?? RealClock(), symbols: symbols,
      directory: RunDirectory(path: "\(plan.options.directory)/\(identity.id)"),
      console: environment.console, input: environment.input, logger: logger,
      connections: connections, values: environment.values)
  }
}

/// The connections of a checkup without those that didn't pass, which would be tried for long.
private struct SoundConnections: ConnectionResolver {
  let pool: ConnectionPool
  let background: BackgroundWork
  let broken: Set<String>

  func connection(_ name: String) async throws -> any Connection {
    if broken.contains(name) { throw BrokenConnection(name: name) }
    return try await pool.connection(name)
  }

  func start(_ work: @escaping @Sendable () async -> Void) { background.start(work) }
}

/// A stage asked for a connection that didn't pass its own checks.
private struct BrokenConnection: Error {
  let name: String
}
