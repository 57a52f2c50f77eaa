package import PatchbayCore
import Synchronization

/// Opens connections, each once, and closes them in reverse order.
///
/// Those that the configuration declares are opened first, in its order; one that exists without
/// declaration when somebody asks for it. Whoever asks while it is being opened waits for that.
package final class ConnectionPool: Sendable {
  private let planned: [String: any Connection]
  private let makeContext: @Sendable (String, any ConnectionResolver) -> StageContext
  private let background: BackgroundWork
  private let clock: any PipelineClock
  private let failures: FailureLog
  private let opened: @Sendable (String, any Connection) -> Void
  private let state = Mutex(State())

  package init(
    planned: [String: any Connection], clock: any PipelineClock, failures: FailureLog,
    background: BackgroundWork,
    opened: @escaping @Sendable (String, any Connection) -> Void = { _, _ in },
    makeContext: @escaping @Sendable (String, any ConnectionResolver) -> StageContext
  ) {
    self.planned = planned
    self.clock = clock
    self.failures = failures
    self.opened = opened
    self.background = background
    self.makeContext = makeContext
  }

  /// What a stage of that name is given.
  package func context(for name: String) -> StageContext {
    makeContext(name, Resolver(pool: self, asker: nil))
  }

  /// The connection of a name, open.
  ///
  /// - Parameter asker: the connection that needs it to be opened itself, if one does.
  package func connection(
    _ name: String, for asker: String? = nil
  ) async throws -> any Connection {
    guard planned[name] != nil else {
      throw PipelineError(
        "there is no connection \"\(name)\"; declare it under \"connections\"",
        code: .unusableConnection)
    }
    while true {
      switch state.withLock({ $0.ask(for: name, asker) }) {
      case .open(let connection): return connection
      case .circle:
        throw PipelineError(
          "connection \"\(name)\" needs itself to open", code: .unusableConnection)
      case .failed(let error): throw error
      case .mustOpen: return try await open(name)
      case .beingOpened:
        try await clock.parkUnlessCancelled { task in
          state.withLock { $0.mustWait(for: name, asker, task) }
        }
        state.withLock { $0.endWait(of: asker) }
      }
    }
  }

  /// Closes what is open, the last one first.
  package func close() async {
    for connection in state.withLock({ $0.takeOpen() }).reversed() { await connection.close() }
  }

  private func open(_ name: String) async throws -> any Connection {
    do {
      guard var connection = planned[name] else { throw CancellationError() }
      try await connection.open(makeContext(name, Resolver(pool: self, asker: name)))
      try await serve(connection, name)
      opened(name, connection)
      state.withLock { $0.end(name, .success(connection)) }.resumeAll()
      return connection
    } catch {
      let opening =
        error as? OpeningError ?? OpeningError(path: "connections.\(name)", cause: error)
      state.withLock { $0.end(name, .failure(opening)) }.resumeAll()
      throw opening
    }
  }

  /// Lets a connection serve beside the run, and waits until it is ready.
  private func serve(_ connection: any Connection, _ name: String) async throws {
    let (ready, continuation) = AsyncThrowingStream.makeStream(of: Never.self)
    background.start { [connection, failures] in
      let wasReady = Atomic(false)
      do {
        try await connection.serve {
          wasReady.store(true, ordering: .releasing)
          continuation.finish()
        }
        continuation.finish()
      } catch {
        // Before it is ready, whoever waits for it tells.
        if wasReady.load(ordering: .acquiring), !Task.isCancelled {
          failures.add("connections.\(name)", error)
        }
        continuation.finish(throwing: error)
      }
    }
    do {
      for try await _ in ready {}
      // A cancelled wait ends as if the connection were ready.
      try Task.checkCancellation()
    } catch {
      await connection.close()
      throw error
    }
  }
}

extension ConnectionPool {
  /// What whoever asks for a connection is told.
  private enum Reply {
    case open(any Connection)
    case failed(OpeningError)
    /// It is for the one who asks to open it.
    case mustOpen
    case beingOpened
    /// It waits for the one who asks.
    case circle
  }

  private enum Entry {
    /// Next: `open` or `failed`.
    case opening([ParkedTask])
    /// The end.
    case open(any Connection)
    /// The end.
    case failed(OpeningError)
  }

  private struct State {
    private var entries: [String: Entry] = [:]
    private var order: [String] = []
    /// Which connection each that is being opened waits for.
    private var waits: [String: String] = [:]

    mutating func ask(for name: String, _ asker: String?) -> Reply {
      switch entries[name] {
      case .open(let connection): return .open(connection)
      case .failed(let error): return .failed(error)
      case .opening:
        var next: String? = name
        while let waiting = next {
          if waiting == asker { return .circle }
          next = waits[waiting]
        }
        return .beingOpened
      case nil:
        entries[name] = .opening([])
        // Who opens it waits for it as well.
        if let asker { waits[asker] = name }
        return .mustOpen
      }
    }

    mutating func mustWait(for name: String, _ asker: String?, _ task: ParkedTask) -> Bool {
      guard case .opening(let waiting) = entries[name] else { return false }
      entries[name] = .opening(waiting + [task])
      if let asker { waits[asker] = name }
      return true
    }

    mutating func endWait(of asker: String?) {
      if let asker { waits[asker] = nil }
    }

    mutating func end(
      _ name: String, _ result: Result<any Connection, OpeningError>
    ) -> [ParkedTask] {
      guard case .opening(let waiting) = entries[name] else { return [] }
      waits = waits.filter { $0.value != name }
      switch result {
      case .success(let connection):
        entries[name] = .open(connection)
        order.append(name)
      case .failure(let error): entries[name] = .failed(error)
      }
      return waiting
    }

    mutating func takeOpen() -> [any Connection] {
      defer { (entries, order) = ([:], []) }
      return order.compactMap { name in
        if case .open(let connection) = entries[name] { connection } else { nil }
      }
    }
  }

  /// The pool as a stage or connection sees it.
  private struct Resolver: ConnectionResolver {
    let pool: ConnectionPool
    /// The connection that is being opened; nil for a stage.
    let asker: String?

    func connection(_ name: String) async throws -> any Connection {
      try await pool.connection(name, for: asker)
    }

    func start(_ work: @escaping @Sendable () async -> Void) { pool.background.start(work) }
  }
}
