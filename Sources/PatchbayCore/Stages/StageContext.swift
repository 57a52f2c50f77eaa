public import Logging

/// What the outside world is to a stage: everything comes in through here, nothing through globals.
public struct StageContext: Sendable {
  /// The stage's or connection's name in the configuration.
  public let name: String
  /// Which run it is, and of what.
  public let run: RunIdentity
  /// The run's clock.
  public let clock: any PipelineClock
  /// The run's symbols.
  public let symbols: SymbolTable
  /// Where the stage may make files.
  public let directory: RunDirectory
  /// The program's standard output.
  public let console: any Console
  /// The program's standard input.
  public let input: any ByteInput
  /// The stage's log.
  public let logger: Logger
  private let connections: any ConnectionResolver
  private let values: RunValues

  package init(
    name: String, run: RunIdentity, clock: any PipelineClock, symbols: SymbolTable,
    directory: RunDirectory, console: any Console, input: any ByteInput, logger: Logger,
    connections: any ConnectionResolver, values: RunValues = RunValues()
  ) {
    self.name = name
    self.run = run
    self.clock = clock
    self.symbols = symbols
    self.directory = directory
    self.console = console
    self.input = input
    self.logger = logger
    self.connections = connections
    self.values = values
  }

  /// The run's id, a UUIDv7.
  public var runID: UUIDBits { run.id }
  /// What ids for others are made of, such as idempotency keys; see `RunIdentity.key`.
  public var runKey: UUIDBits { run.key }
  /// The run's seed: same seed and same configuration, same events.
  public var seed: UInt64 { run.seed }
  /// When the run started, on its clock.
  public var startedAt: Timestamp { run.startedAt }

  /// What the program handed to the run under a key.
  package subscript<Key: RunValueKey>(key: Key.Type) -> Key.Value { values[key] }

  /// Runs work on a task of its own, beside the run; for a process or a connection that lives from
  /// `open` to the stage's last call.
  ///
  /// When the run is over the task is cancelled and awaited, so the work must return soon then.
  public func startBackgroundWork(_ work: @escaping @Sendable () async -> Void) {
    connections.start(work)
  }

  /// The open connection of a name.
  ///
  /// - Throws: `PipelineError` if there is none, or it isn't what is asked for.
  public func connection<Wanted>(_ name: String, as _: Wanted.Type) async throws -> Wanted {
    let found = try await connections.connection(name)
    guard let wanted = found as? Wanted else {
      throw PipelineError(
        "connection \"\(name)\" is of type \"\(type(of: found).type)\", which "
          + "\(self.name) can't use; name another one", code: .unusableConnection)
    }
    return wanted
  }
}
