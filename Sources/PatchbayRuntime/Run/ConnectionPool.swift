package import PatchbayCore

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
  private let starting: AsyncStream<Service>
  private let start: AsyncStream<Service>.Continuation

  /// A connection whose `serve` is to be run, and who waits for it.
  private struct Service: Sendable {
    let name: String
    let connection: any Connection
    let ready: AsyncThrowingStream<Void, any Error>.Continuation
  }

  package init(
    planned: [String: any Connection], failures: FailureLog,
    makeContext: @escaping @Sendable (String, ConnectionPool) -> StageContext
  ) {
    self.planned = planned
    self.failures = failures
    self.makeContext = makeContext
    (starting, start) = AsyncStream.makeStream()
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
    let (ready, continuation) = AsyncThrowingStream.makeStream(of: Void.self)
    start.yield(Service(name: name, connection: connection, ready: continuation))
    do {
      for try await _ in ready { break }
    } catch {
      throw OpeningError(path: "connections.\(name)", cause: error)
    }
    open.append((name, connection))
    return connection
  }

  /// Runs the `serve` of every connection that is opened, until cancelled.
  package nonisolated func serveAll() async {
    await withDiscardingTaskGroup { group in
      for await service in starting {
        group.addTask { [failures] in
          do {
            try await service.connection.serve {
              service.ready.yield()
              service.ready.finish()
            }
            service.ready.finish()
          } catch {
            // Before it is ready, whoever waits for it tells.
            if case .terminated = service.ready.yield(), !Task.isCancelled {
              failures.add("connections.\(service.name)", error)
            }
            service.ready.finish(throwing: error)
          }
        }
      }
      group.cancelAll()
    }
  }

  package func close() async {
    for entry in open.reversed() { await entry.connection.close() }
    open = []
    start.finish()
  }
}
