package import PatchbayCore
import Synchronization

/// Opens connections, each once, and closes them in reverse order.
///
/// Those that the configuration declares are opened first, in its order; one that exists without
/// declaration when somebody asks for it. Stages ask while they are opened, one after the other.
/// What a connection has to do meanwhile runs in `serveAll`, beside the run.
package actor ConnectionPool: ConnectionResolver {
  private let planned: [String: any Connection]
  private let makeContext: @Sendable (String, ConnectionPool) -> StageContext
  private let failures: FailureLog
  private var open: [(name: String, connection: any Connection)] = []
  private var opening: Set<String> = []
  private let starting: AsyncStream<@Sendable () async -> Void>
  private let beginning: AsyncStream<@Sendable () async -> Void>.Continuation

  package init(
    planned: [String: any Connection], failures: FailureLog,
    makeContext: @escaping @Sendable (String, ConnectionPool) -> StageContext
  ) {
    self.planned = planned
    self.failures = failures
    self.makeContext = makeContext
    (starting, beginning) = AsyncStream.makeStream()
  }

  /// Runs work beside the run, in `serveAll`.
  package nonisolated func start(_ work: @escaping @Sendable () async -> Void) {
    beginning.yield(work)
  }

  /// What a stage or connection of that name is given.
  package nonisolated func context(for name: String) -> StageContext { makeContext(name, self) }

  package func connection(_ name: String) async throws -> any Connection {
    if let found = open.first(where: { $0.name == name }) { return found.connection }
    guard var connection = planned[name] else {
      throw PipelineError("there is no connection \"\(name)\"; declare it under \"connections\"")
    }
    guard opening.insert(name).inserted else {
      throw PipelineError("connection \"\(name)\" needs itself to open")
    }
    defer { opening.remove(name) }
    do {
      try await connection.open(makeContext(name, self))
    } catch let error as OpeningError {
      throw error
    } catch {
      throw OpeningError(path: "connections.\(name)", cause: error)
    }
    let (ready, continuation) = AsyncThrowingStream.makeStream(of: Never.self)
    start { [connection, failures] in
      await Self.serve(connection, name: name, ready: continuation, failures)
    }
    do {
      for try await _ in ready {}
    } catch {
      throw OpeningError(path: "connections.\(name)", cause: error)
    }
    open.append((name, connection))
    return connection
  }

  /// Runs the `serve` of every connection that is opened, and what stages start, until cancelled.
  package nonisolated func serveAll() async {
    await withDiscardingTaskGroup { group in
      for await work in starting { group.addTask { await work() } }
      group.cancelAll()
    }
  }

  /// Runs a connection's `serve`, and tells who waits for it when it is ready.
  private static func serve(
    _ connection: any Connection, name: String,
    ready: AsyncThrowingStream<Never, any Error>.Continuation, _ failures: FailureLog
  ) async {
    let wasReady = Readiness()
    do {
      try await connection.serve {
        wasReady.set()
        ready.finish()
      }
      ready.finish()
    } catch {
      // Before it is ready, whoever waits for it tells.
      if wasReady.isSet, !Task.isCancelled { failures.add("connections.\(name)", error) }
      ready.finish(throwing: error)
    }
  }

  package func close() async {
    for entry in open.reversed() { await entry.connection.close() }
    open = []
    beginning.finish()
  }
}

/// Whether a connection has got as far as serving.
private final class Readiness: Sendable {
  private let flag = Atomic(false)

  var isSet: Bool { flag.load(ordering: .acquiring) }
  func set() { flag.store(true, ordering: .releasing) }
}
