import HTTPDelivery
import HTTPTransport
package import PatchbayCore
import PatchbayJSON

/// Posts the run's metrics document to a QA system when everything else is finished.
package struct QAHTTPSink: DocumentSink, ConnectionUser {
  package static let type = "qa-http"
  package static let doc = "Posts the run's metrics to a QA system at the end."

  /// The options.
  package struct Options: OptionGroup {
    let url: QATarget
    let headers: HeaderFields
    let success: [Int]
    let tls: TLSOptions
    let timeout: Duration
    let retry: RetryPolicy
    let mapping: String?

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
      mapping = options.optionalReference(
        "mapping", to: eventShapeType,
        doc: "The shape in which the document is sent, if it isn't ours: its \"members\" are those "
          + "of the document.")
      options.refuseRealPlatform(url.endpoint?.host)
    }
  }

  /// Where the sandbox takes the document.
  private static let sandboxPath = "/qa/metrics"

  private let options: Options
  private var client: (any HTTPRequester)?
  /// Where the document goes; nil if nowhere.
  private var url: String?
  private var context: StageContext?
  private var shape: (any EventShape)?

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
    self.context = context
    shape = try await context.shape(options.mapping)
    switch options.url {
    case .off: return
    case .url(let url): self.url = url.text
    case .sandbox:
      let sandbox = try await context.connection(
        sandboxConnectionName, as: (any LoopbackServer).self)
      url = sandbox.baseURL + Self.sandboxPath
    }
    client = try makeClient(context)
  }

  private func makeClient(_ context: StageContext) throws -> any HTTPRequester {
    var configuration = HTTPClientConfiguration(userAgent: "patchbay")
    options.tls.apply(to: &configuration)
    return try context.makeClient(configuration)
  }

  package mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult { .all }

  package mutating func finish(_ report: RunReport) async throws {
    guard let document = document(report) else {
      try await context?.console.say("Results not exported: the QA sink's url is empty")
      return
    }
    try await deliver(document)
  }

  package func document(_ report: RunReport) -> [UInt8]? {
    if case .off = options.url { return nil }
    let document = Self.metrics(report)
    return Array((shape?.document(document.object ?? []) ?? document).text().utf8)
  }

  package func objection(to connection: any Connection) -> String? {
    (connection as? any EventShape)?.objection(toDocumentOf: Self.memberNames)
  }

  /// What the document may have.
  private static let memberNames = [
    "total_events", "successful_injections", "state_mismatches", "avg_latency_ms", "timestamp",
    "checkpoints",
  ]

  package mutating func deliver(_ document: [UInt8]) async throws {
    guard let context, let url else { return }
    let client = try client ?? makeClient(context)
    self.client = nil
    let sender = RequestSender(
      client: client, context: context, policy: options.retry, successes: Set(options.success))
    var headers: HTTPHeaders = ["Content-Type": "application/json"]
    options.headers.replace(in: &headers)
    let request = HTTPRequest(
      method: "POST", url: url, headers: headers, body: document, timeout: options.timeout)
    let exchange = await sender.send(request, key: 0)
    await client.shutdown()
    guard case .success = exchange.ending else {
      throw PipelineError(
        "the results were not exported after \(exchange.attempts) "
          + "\(exchange.attempts == 1 ? "attempt" : "attempts"): "
          + exchange.explanation().reason)
    }
    try await context.console.say("Results exported to QA platform successfully")
  }

  /// The metrics document of the tutorial's contract; `avg_latency_ms` is the mean service time of
  /// accepted events, null if there were none.
  ///
  /// Where a sink keeps a log that proves itself, `checkpoints` holds its last one, by the sink's name, so
  /// that there is a copy outside.
  static func metrics(_ report: RunReport) -> JSONValue {
    let latency = report.injection?.latency
    let average = latency.map { $0.count > 0 ? Self.json($0.mean / 1_000_000) : .null }
    let mismatches = MetricCatalog.value(of: "correlation.mismatches", in: report)
    let checkpoints = report.stages.compactMap { stage in
      stage.findings.checkpoint.map { JSONValue.Member(stage.name, .string($0)) }
    }
    return .object(
      [
        .init("total_events", .integer(report.events.emitted)),
        .init("successful_injections", .integer(report.injection?.accepted ?? 0)),
        .init("state_mismatches", mismatches.map { Self.json($0) } ?? .null),
        .init("avg_latency_ms", average ?? .null),
        .init("timestamp", .string(report.run.finishedAt.description)),
      ] + (checkpoints.isEmpty ? [] : [.init("checkpoints", .object(checkpoints))]))
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
