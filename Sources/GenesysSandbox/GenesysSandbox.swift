package import ContactModel
public import Logging
public import PatchbayCore
import Synchronization

/// A stand-in for the platform, on the loopback interface of this machine.
///
/// Login, API and a QA receiver share one port; the notifications' WebSockets have another. What it
/// was sent and what it made of that is shown by `GET /sandbox/state` and `GET /sandbox/journal`, and
/// forgotten by `POST /sandbox/reset`; `GET /sandbox/openapi.json` describes all of it. Token
/// lifetimes, rate windows and `Retry-After` follow the run's clock; latency is real.
///
/// ```swift
/// let sandbox = try GenesysSandbox(
///   options: try SandboxOptions([:]), seed: 42, clock: RealClock(), logger: logger)
/// try await sandbox.serve { baseURL in print("listening on \(baseURL)") }
/// ```
public final class GenesysSandbox: Sendable {
  /// The path that a QA document, a JSON object, is posted to; it is answered by 201.
  public static let qaMetricsPath = "/qa/metrics"

  /// The path that shows what the sandbox knows, with `?events=true` by sequence id.
  public static let statePath = "/sandbox/state"

  /// Where a server is in its life.
  private enum State {
    /// Not serving. Next: `starting`.
    case idle
    /// The socket is being made. Next: `serving`, `idle`.
    case starting
    /// The socket listens. Next: `idle`.
    case serving(baseURL: String)
  }

  private let service: SandboxService
  private let logger: Logger
  private let state = Mutex(State.idle)

  /// Makes a sandbox that isn't serving yet.
  ///
  /// - Parameters:
  ///   - options: how it behaves.
  ///   - seed: what faults, latencies and correlation ids are drawn from; tokens and channel ids only if
  ///     the options say so.
  ///   - clock: the clock of token lifetimes and rate windows.
  ///   - logger: where failures of the server go; what it has to say about itself does not.
  /// - Throws: `PipelineError` if the file of users among the options can't be read or used.
  public convenience init(
    options: SandboxOptions, seed: UInt64, clock: any PipelineClock, logger: Logger
  ) throws {
    try self.init(
      options: options, organization: options.seedData.map { try OrganizationFile.read($0) },
      seed: seed, clock: clock, logger: logger)
  }

  /// Makes a sandbox of an organisation that isn't in a file.
  package init(
    options: SandboxOptions, organization: OrganizationFile?, seed: UInt64,
    clock: any PipelineClock, logger: Logger
  ) throws {
    service = SandboxService(
      options: options,
      organization: try Organization.start(options, organization, seed: seed, clock: clock),
      seed: seed, clock: clock)
    self.logger = logger
  }

  /// `http://127.0.0.1:PORT` while it serves, else nil.
  public var baseURL: String? {
    state.withLock { if case .serving(let baseURL) = $0 { baseURL } else { nil } }
  }

  /// `ws://127.0.0.1:PORT` while it serves, else nil: where the notifications' sockets are.
  public var notificationURL: String? { baseURL.map { _ in service.notificationURL } }

  /// Serves until cancelled; then it closes all connections, also under a request, and returns.
  ///
  /// The model outlives it: serving again goes on with what the sandbox knows.
  ///
  /// - Parameter whenReady: called once, with `http://127.0.0.1:PORT`, as soon as clients can
  ///   connect.
  /// - Throws: `PipelineError` if it is serving already, or can't listen.
  public func serve(whenReady: @escaping @Sendable (_ baseURL: String) -> Void) async throws {
    try begin()
    defer { state.withLock { $0 = .idle } }
    do {
      // The sockets first: as soon as clients can connect, they may be told of them.
      try await NotificationServer(service: service, logger: logger).serve { [self] port in
        service.notificationURL = "ws://127.0.0.1:\(port)"
        try await serveAPI(whenReady: whenReady)
        // Only cancelling ends the API's server; the sockets' server shall end with it.
        throw CancellationError()
      }
    } catch {
      if Task.isCancelled { return }
      if let error = error as? PipelineError { throw error }
      throw PipelineError(
        "the sandbox can't serve notifications on 127.0.0.1:\(service.options.notificationPort); "
          + "set notification_port to 0 to take any that is free", cause: error)
    }
  }

  private func serveAPI(
    whenReady: @escaping @Sendable (_ baseURL: String) -> Void
  ) async throws {
    let port = service.options.port
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { [service] in await service.keepTime() }
        group.addTask { [self] in
          try await APIServer(service: service).serve { [self] port in
            let baseURL = "http://127.0.0.1:\(port)"
            state.withLock { $0 = .serving(baseURL: baseURL) }
            whenReady(baseURL)
          }
        }
        defer { group.cancelAll() }
        try await group.next()
      }
    } catch {
      if Task.isCancelled { return }
      if let baseURL { throw PipelineError("the sandbox stopped serving \(baseURL)", cause: error) }
      throw PipelineError(
        "the sandbox can't serve on 127.0.0.1:\(port); set port to 0 to take any that is free",
        cause: error)
    }
  }

  private func begin() throws {
    let isIdle = state.withLock {
      guard case .idle = $0 else { return false }
      $0 = .starting
      return true
    }
    if !isIdle { throw PipelineError("the sandbox is serving already") }
  }
}
