import HTTPDelivery
import HTTPTransport
package import PatchbayCore
import PatchbayJSON

/// Posts the run's metrics document to a QA system when everything else is finished.
package struct QAHTTPSink: Sink {
  package static let type = "qa-http"
  package static let doc = "Posts the run's metrics to a QA system at the end."
  package static let reportsVerdict = true

  /// The options.
  package struct Options: OptionGroup {
    let url: QATarget
    let headers: HeaderFields
    let success: [Int]
    let tls: TLSOptions
    let timeout: Duration
    let retry: RetryPolicy

    package init(from options: inout OptionReader) {
      url = options.required(
        "url", example: .sandbox,
        doc: "Where the document goes; \"sandbox\" is the sandbox's receiver, \"\" switches it off."
      )
      headers = options.value(
        "headers", default: .none,
        doc: "Header fields beside Content-Type; values are not shown.")
      success = options.oneOrMany(
        "success", default: [200, 201, 202, 204], .nonEmpty, .each(.range(200...599)),
        doc: "The statuses that count as exported.")
      tls = TLSOptions(from: &options)
      timeout = options.value(
        "timeout", default: .seconds(15), .range(.milliseconds(1) ... .seconds(600)),
        doc: "How long one request may take.")
      retry = options.group("retry", doc: "What happens after 429, 5xx and failed connections.")
      options.refuseRealPlatform(url.endpoint?.host)
    }
  }

  /// Where the sandbox takes the document.
  private static let sandboxPath = "/qa/metrics"

  private let options: Options
  private var client: (any HTTPRequester)?
  private var url = ""
  private var sender: RequestSender?
  private var console: (any Console)?

  package var reach: StageReach { .context }

  package init(_ options: Options) {
    self.options = options
  }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    switch options.url {
    case .off: break
    case .sandbox:
      forecast.connections = [sandboxConnectionName]
      forecast.requests = [.init("POST \(Self.sandboxPath)", .exactly(1), isLocal: true)]
    case .url(let url):
      forecast.requests = [
        .init(
          "POST \(url.withoutQuery)", .exactly(1), isLocal: LoopbackHost.contains(host: url.host),
          route: EnvironmentProxy.route(to: url.text))
      ]
    }
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    console = context.console
    switch options.url {
    case .off: return
    case .url(let url): self.url = url.text
    case .sandbox:
      let sandbox = try await context.connection(
        sandboxConnectionName, as: (any LoopbackServer).self)
      url = sandbox.baseURL + Self.sandboxPath
    }
    let client = try makeClient(context)
    self.client = client
    sender = RequestSender(
      client: client, context: context, policy: options.retry, successes: Set(options.success))
  }

  private func makeClient(_ context: StageContext) throws -> any HTTPRequester {
    var configuration = HTTPClientConfiguration(userAgent: "patchbay")
    options.tls.apply(to: &configuration)
    return try context.makeClient(configuration)
  }

  package mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult { .all }

  package mutating func finish(_ report: RunReport) async throws {
    guard let sender else {
      try await console?.say("Results not exported: the QA sink's url is empty")
      return
    }
    var headers: HTTPHeaders = ["Content-Type": "application/json"]
    options.headers.replace(in: &headers)
    let request = HTTPRequest(
      method: "POST", url: url, headers: headers, body: Array(Self.document(report).text().utf8),
      timeout: options.timeout)
    let exchange = await sender.send(request, key: 0)
    await client?.shutdown()
    client = nil
    guard case .success = exchange.ending else {
      throw PipelineError(
        "the results were not exported after \(exchange.attempts) "
          + "\(exchange.attempts == 1 ? "attempt" : "attempts"): "
          + exchange.explanation().reason)
    }
    try await console?.say("Results exported to QA platform successfully")
  }

  /// The metrics document of the tutorial's contract; `avg_latency_ms` is the mean service time of
  /// accepted events, null if there were none.
  static func document(_ report: RunReport) -> JSONValue {
    let latency = report.injection?.latency
    let average = latency.map { $0.count > 0 ? Self.json($0.mean / 1_000_000) : .null }
    let mismatches = MetricCatalog.value(of: "correlation.mismatches", in: report)
    return [
      "total_events": .integer(report.events.emitted),
      "successful_injections": .integer(report.injection?.accepted ?? 0),
      "state_mismatches": mismatches.map { Self.json($0) } ?? .null,
      "avg_latency_ms": average ?? .null,
      "timestamp": .string(report.run.finishedAt.description),
    ]
  }

  /// A number that a stage has found; JSON has none for what isn't finite.
  private static func json(_ number: Double) -> JSONValue {
    Int(exactly: number).map { .integer($0) } ?? (number.isFinite ? .number(number) : .null)
  }
}

extension QAHTTPSink: Examinable {
  /// Looks whether the QA system answers.
  package func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check] {
    switch options.url {
    case .off: return [.good("endpoint", "nothing is exported: \"url\" is empty")]
    case .sandbox:
      _ = try await context.connection(sandboxConnectionName, as: (any LoopbackServer).self)
      return [.good("endpoint", "the sandbox takes the results")]
    case .url(let url):
      let client = try makeClient(context)
      let probe = EndpointProbe(url: url.text, headers: options.headers, timeout: options.timeout)
      let check = await probe.check(client)
      await client.shutdown()
      return [check]
    }
  }
}
