public import PatchbayCore

/// The embedded sandbox as a connection that the stages of a run share.
///
/// It needs no declaration: the name `sandbox` stands for one with default options.
public struct SandboxConnection: LoopbackServer {
  /// The name `genesys-sandbox`.
  public static let type = "genesys-sandbox"
  /// What it stands in for.
  public static let doc = "An embedded stand-in for Genesys Cloud, on the loopback interface."
  /// The name `sandbox`, under which there is one with default options.
  public static var implicitName: String? { sandboxConnectionName }

  private let options: SandboxOptions
  private var sandbox: GenesysSandbox?

  /// Makes a sandbox that knows nothing yet; no socket is opened.
  public init(_ options: SandboxOptions) {
    self.options = options
  }

  /// `http://127.0.0.1:PORT` while it serves, else empty.
  public var baseURL: String { sandbox?.baseURL ?? "" }

  /// The rate limit among the options.
  public var allowedRequests: Rate? { options.rateLimit.rate }

  /// Two listeners, on the loopback interface.
  public func forecast() -> Forecast {
    var forecast = Forecast()
    forecast.listeners = [options.port, options.notificationPort].map { port in
      "127.0.0.1:\(port == 0 ? "any free port" : String(port))"
    }
    forecast.inputFiles = options.seedData.map { [$0] } ?? []
    return forecast
  }

  /// Takes seed, clock and log from the run.
  public mutating func open(_ context: StageContext) async throws {
    sandbox = try GenesysSandbox(
      options: options, seed: context.seed, clock: context.clock, logger: context.logger)
  }

  /// Serves until cancelled; ready as soon as clients can connect.
  ///
  /// - Throws: `PipelineError` if it can't listen.
  public func serve(whenReady: @escaping @Sendable () -> Void) async throws {
    guard let sandbox else {
      throw PipelineError("a sandbox can serve only after it was opened")
    }
    try await sandbox.serve { _ in whenReady() }
  }
}
