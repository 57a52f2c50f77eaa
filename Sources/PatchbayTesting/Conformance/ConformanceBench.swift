import Logging
import PatchbayCore
import PatchbayRuntime
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a stage is given for one scenario of a check: a folder, a clock, open connections.
struct ConformanceBench: Sendable {
  let context: StageContext
  let clock: any PipelineClock
  let symbols: SymbolTable
  let report: RunReport

  func batch(_ events: some Sequence<EventFields>) -> EventBatch {
    SampleEvents.batch(events, symbols: symbols, at: clock.now)
  }

  /// A batch that is known again by its stamp, as the runtime gives them to stages.
  func stamped(_ events: some Sequence<EventFields>) -> EventBatch {
    var batch = batch(events)
    batch.stamp = .random(in: 1...UInt64.max)
    return batch
  }
}

extension Conformance {
  /// Runs a scenario with a bench of its own, and notes what it throws.
  func scenario(
    _ name: String, clock: (any PipelineClock)? = nil, _ problems: inout [String],
    _ body: @Sendable (ConformanceBench) async throws -> [String]
  ) async {
    do {
      let found = try await withBench(clock ?? RealClock(), body)
      problems += found.map { "\(name): \($0)" }
    } catch {
      problems.append("\(name): \(error)")
    }
  }

  private func withBench(
    _ clock: any PipelineClock, _ body: @Sendable (ConformanceBench) async throws -> [String]
  ) async throws -> [String] {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    var random = SystemRandomNumberGenerator()
    let identity = RunIdentity(
      id: .version7(at: RealClock().now, using: &random), seed: 7, startedAt: clock.now)
    let symbols = SymbolTable()
    let failures = FailureLog()
    let background = BackgroundWork()
    let pool = ConnectionPool(
      planned: connections, clock: clock, failures: failures, background: background
    ) {
      [input, values] name, pool in
      StageContext(
        name: name, run: identity, clock: clock, symbols: symbols,
        directory: RunDirectory(path: folder + "/run"), console: CapturedConsole(),
        input: ScriptedInput(input.isEmpty ? [] : [input]),
        logger: Logger(label: "conformance", factory: { _ in SwiftLogNoOpLogHandler() }),
        connections: pool, values: values)
    }
    let summary = RunSummary(
      id: identity.id, name: "conformance", seed: identity.seed, clock: "real",
      startedAt: clock.now, directory: folder + "/run")
    let context = pool.context(for: "subject")
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await background.run() }
      for name in connections.keys.sorted() { _ = try await pool.connection(name) }
      let found = try await body(
        ConformanceBench(
          context: context, clock: clock, symbols: symbols, report: RunReport(run: summary)))
      await pool.close()
      group.cancelAll()
      return found + failures.lines
    }
  }
}

/// Waits for something that may never come.
enum Patience {
  /// In how many pauses a time is waited for.
  private static let pauses = 100

  private final class Race<Value: Sendable>: Sendable {
    private let waiting: Mutex<CheckedContinuation<Value?, Never>?>

    init(_ waiting: CheckedContinuation<Value?, Never>) { self.waiting = Mutex(waiting) }

    func end(_ value: Value?) {
      let waiting = waiting.withLock { waiting in
        defer { waiting = nil }
        return waiting
      }
      waiting?.resume(returning: value)
    }
  }

  /// What a task returns, or nil if it takes longer than that.
  ///
  /// A stage that never returns can't be awaited by a task group, which waits for its children
  /// whatever happens; so the waiting is done by tasks of their own.
  static func value<Value: Sendable>(
    of task: Task<Value, Never>, within patience: Duration
  ) async -> Value? {
    await withCheckedContinuation { continuation in
      let race = Race(continuation)
      let timer = Task {
        // In many short pauses: where hundreds of tests share two processors, each of them ends late, and
        // so does what is waited for.
        for _ in 0..<Self.pauses { try? await RealClock().sleep(for: patience / Self.pauses) }
        race.end(nil)
      }
      Task {
        race.end(await task.value)
        timer.cancel()
      }
    }
  }

  /// Runs something and cancels it while it is under way.
  ///
  /// - Parameter body: gets a function that waits until the task was cancelled.
  /// - Returns: whether it returned within that time.
  static func cancelling(
    within patience: Duration,
    _ body: @escaping @Sendable (_ cancelled: @Sendable () async -> Void) async -> Void
  ) async -> Bool {
    let task = Task { await body(cancellation) }
    await Task.yield()
    task.cancel()
    return await value(of: task, within: patience) != nil
  }

  /// Waits until the task is cancelled.
  @Sendable
  static func cancellation() async {
    let (never, silence) = AsyncStream.makeStream(of: Void.self)
    for await _ in never {}
    silence.finish()
  }
}
