package import HTTPDelivery
import HTTPTransport
package import PatchbayCore

/// A login at Genesys Cloud or its sandbox, shared by the stages that name it.
package struct GenesysConnection: Connection {
  package static let type = "genesys-cloud"
  package static let doc = "A login at Genesys Cloud, or at the embedded sandbox of it."

  /// The options.
  package struct Options: OptionGroup {
    let region: GenesysRegion
    let clientID: String
    let clientSecret: Secret
    let allowRealPlatform: Bool
    let tls: TLSOptions
    let timeout: Duration
    let connections: Int
    let rate: Rate?
    let retry: RetryPolicy

    package init(from options: inout OptionReader) {
      region = options.value(
        "region", default: .sandbox,
        doc: "An AWS region, its Genesys domain, \"sandbox\", or a sandbox's loopback URL.")
      clientID = options.required(
        "client_id", example: "${GENESYS_CLOUD_CLIENT_ID}", .nonEmpty, doc: "The OAuth client.")
      clientSecret = options.secret(
        "client_secret", variable: "GENESYS_CLOUD_CLIENT_SECRET", doc: "The OAuth client's secret.")
      allowRealPlatform = options.value(
        "allow_real_platform", default: false,
        doc: "Whether the run may talk to a real organisation; load tests need its approval.")
      tls = TLSOptions(from: &options)
      timeout = options.value(
        "timeout", default: .seconds(30), .range(.milliseconds(1) ... .seconds(600)),
        doc: "How long one request may take.")
      connections = options.value(
        "connections", default: 64, .range(1...1_000), doc: "The most connections to one host.")
      rate = options.optional(
        "rate",
        doc: "The most requests that all stages together may send; what the platform allows "
          + "holds in any case.")
      retry = options.group("retry", doc: "What happens when the login is refused for now.")
      var isReal = false
      if case .platform = region { isReal = true }
      options.check(
        !isReal || allowRealPlatform, at: "region",
        "is a real organisation; set \"allow_real_platform\": true once its owner agrees")
    }
  }

  let options: Options
  private var session: GenesysSession?

  package init(_ options: Options) {
    self.options = options
  }

  /// Whom requests, and sockets beside them, trust.
  package var tls: TLSOptions { options.tls }

  /// Whether requests go to a stand-in on this machine.
  package var isStandIn: Bool {
    if case .platform = options.region { false } else { true }
  }

  /// Whether times of the other side are those of the run's clock, as of the sandbox that the run has beside it.
  package var sharesClock: Bool { if case .sandbox = options.region { true } else { false } }

  /// `https://api.mypurecloud.de`, or the stand-in's address as far as it is known.
  package var apiAddress: String {
    switch options.region {
    case .sandbox: ""
    case .loopback(let url): url
    case .platform(let domain): "https://api.\(domain)"
    }
  }

  /// How many requests a token may make; the platform's `client.credentials.token.rate.per.minute`
  /// is 300 ([limits](https://developer.genesys.cloud/organization/organization/limits)).
  package func allowedRequests(_ input: ForecastInput) -> Rate? {
    let allowed: Rate? =
      switch options.region {
      case .sandbox:
        input.connection(sandboxConnectionName, as: (any LoopbackServer).self)?.allowedRequests
      case .loopback: nil
      case .platform: .perMinute(300)
      }
    return [allowed, options.rate].compactMap(\.self).min()
  }

  package func forecast() -> Forecast {
    var forecast = Forecast()
    let login =
      switch options.region {
      case .sandbox: ""
      case .loopback(let url): url
      case .platform(let domain): "https://login.\(domain)"
      }
    forecast.requests = [
      .init(
        "POST \(login)\(LoginAPI.tokenPath)", .exactly(1), isLocal: isStandIn,
        route: EnvironmentProxy.route(to: login))
    ]
    if case .sandbox = options.region { forecast.connections = [sandboxConnectionName] }
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    let (api, login) = try await hosts(context)
    let client = try makeClient(context)
    let tokens = makeTokens(makeLogin(login), client, context)
    session = GenesysSession(
      apiURL: api, client: client, tokens: tokens, timeout: options.timeout,
      governor: RateGovernor(clock: context.clock, rate: options.rate))
    do {
      // A wrong secret should end the run here, not once for each event.
      _ = try await tokens.token()
    } catch {
      await client.shutdown()
      throw error
    }
  }

  /// The open session.
  ///
  /// - Throws: `PipelineError` before `open`.
  package func openSession() throws -> GenesysSession {
    guard let session else { throw PipelineError("the connection isn't open") }
    return session
  }

  package func close() async {
    await session?.client.shutdown()
  }

  /// Makes a client for the connection's hosts.
  ///
  /// - Throws: `HTTPError` if a file that the options name can't be used.
  func makeClient(_ context: StageContext) throws -> any HTTPRequester {
    var configuration = HTTPClientConfiguration(
      maximumConnectionsPerHost: options.connections, userAgent: "patchbay")
    options.tls.apply(to: &configuration)
    return try context.makeClient(configuration)
  }

  /// Makes the request for a token.
  func makeLogin(_ host: String) -> Login {
    Login(
      host: host,
      credentials: BasicCredentials(id: options.clientID, secret: options.clientSecret.reveal()),
      timeout: options.timeout)
  }

  private func makeTokens(
    _ login: Login, _ client: any HTTPRequester, _ context: StageContext
  ) -> TokenCache {
    let sender = RequestSender(
      client: client, context: context, policy: options.retry, successes: [200])
    return TokenCache(clock: context.clock) {
      let response = try Login.read(await sender.send(login.request, key: 0))
      return (response.accessToken, .seconds(response.expiresIn ?? 3_600))
    }
  }

  /// Where requests go, and where the login is.
  func hosts(_ context: StageContext) async throws -> (api: String, login: String) {
    switch options.region {
    case .sandbox:
      let sandbox = try await context.connection(
        sandboxConnectionName, as: (any LoopbackServer).self)
      return (sandbox.baseURL, sandbox.baseURL)
    case .loopback(let url): return (url, url)
    case .platform(let domain): return ("https://api.\(domain)", "https://login.\(domain)")
    }
  }
}
