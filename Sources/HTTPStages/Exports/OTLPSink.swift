import HTTPDelivery
import HTTPTransport
package import PatchbayCore
import PatchbayJSON

/// Sends logs and metrics to a collector as OTLP/HTTP with JSON.
///
/// By the [specification](https://github.com/open-telemetry/opentelemetry-proto/blob/v1.5.0/docs/specification.md): camel
/// case, enumerations as numbers, 64-bit integers as strings.
package struct OTLPSink: Sink {
  package static let type = "otlp-http"
  package static let doc =
    "Sends events as logs, and the run's numbers at the end, to an OpenTelemetry collector (OTLP, JSON)."
  package static let reportsVerdict = true

  /// Which events become log records.
  enum Logs: String, OptionChoice {
    case none
    case problems
    case all

    var doc: String {
      switch self {
      case .none: "no event"
      case .problems: "events that weren't accepted, or that a correlator objects to"
      case .all: "every event"
      }
    }
  }

  /// The options.
  package struct Options: OptionGroup {
    /// What the specification lets a client send again ("OTLP/HTTP Response", "Retryable Response Codes").
    private static let retried: Set<Int> = [429, 502, 503, 504]

    let requests: ExportRequestOptions
    let logs: Logs
    let hasMetrics: Bool
    let resource: [String: String]

    package init(from options: inout OptionReader) {
      var requests = ExportRequestOptions(
        from: &options, example: "http://127.0.0.1:4318",
        doc: "The collector; /v1/logs and /v1/metrics come behind it.")
      let retry = requests.retry
      requests.retry = RetryPolicy(
        attempts: retry.attempts, base: retry.base, jitter: retry.jitter,
        longestWait: retry.longestWait, statuses: retry.statuses ?? Self.retried)
      self.requests = requests
      logs = options.value("logs", default: .problems, doc: "Which events become log records.")
      hasMetrics = options.value(
        "metrics", default: true, doc: "Whether the run's numbers are sent at the end.")
      resource = options.value(
        "resource", default: [:],
        doc:
          "Attributes of the resource beside service.name, service.version, patchbay.pipeline and "
          + "patchbay.run_id.")
    }
  }

  private let options: Options
  private var requests: ExportRequests?
  private var resource: JSONValue = [:]
  private var clock: any PipelineClock = RealClock()

  package init(_ options: Options) { self.options = options }

  package var reach: StageReach { .context }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    let url = options.requests.url
    let isLocal = LoopbackHost.contains(host: url.host)
    let route = EnvironmentProxy.route(to: url.text)
    if options.logs != .none {
      forecast.requests.append(
        .init(
          "POST \(url.withoutQuery)/v1/logs", input.events.groups(of: 256), isLocal: isLocal,
          route: route))
    }
    if options.hasMetrics {
      forecast.requests.append(
        .init(
          "POST \(url.withoutQuery)/v1/metrics", .exactly(1), isLocal: isLocal, route: route))
    }
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    clock = context.clock
    requests = try ExportRequests(options.requests, context)
    let own = [
      ("service.name", "patchbay"), ("service.version", ModuleVersion.patchbay.version),
      ("patchbay.pipeline", context.run.pipeline), ("patchbay.run_id", context.runID.description),
    ].filter { options.resource[$0.0] == nil }
    let given = options.resource.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    resource = ["attributes": OTLPValue.attributes(own + given)]
  }

  package mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    guard options.logs != .none, let requests else { return .all }
    var indices: [Int] = []
    var records: [JSONValue] = []
    for index in batch.indices {
      guard options.logs == .all || OTLPLog.isProblem(index, of: batch) else { continue }
      indices.append(index)
      records.append(OTLPLog.record(index, of: batch, observed: clock.now))
    }
    if records.isEmpty { return .all }
    let body: JSONValue = [
      "resourceLogs": [
        [
          "resource": resource,
          "scopeLogs": [["scope": OTLPValue.scope, "logRecords": .array(records)]],
        ]
      ]
    ]
    let exchange = await post(body, "/v1/logs", requests)
    var result = WriteResult()
    if let rejection = Self.rejection(exchange, "rejectedLogRecords") {
      // Which of them isn't said.
      result.refused = indices.map { .init($0, reason: rejection) }
    } else {
      exchange.note(indices, in: &result)
    }
    return result
  }

  package mutating func finish(_ report: RunReport) async throws {
    guard let requests else { return }
    self.requests = nil
    guard options.hasMetrics else {
      await requests.shutdown()
      return
    }
    let body: JSONValue = [
      "resourceMetrics": [
        [
          "resource": resource,
          "scopeMetrics": [
            ["scope": OTLPValue.scope, "metrics": .array(OTLPMetrics(report).all)]
          ],
        ]
      ]
    ]
    let exchange = await post(body, "/v1/metrics", requests)
    await requests.shutdown()
    if let rejection = Self.rejection(exchange, "rejectedDataPoints") {
      throw PipelineError("the metrics were not taken: \(rejection)")
    }
    guard case .success = exchange.ending else {
      throw PipelineError(
        "the metrics were not taken after \(exchange.attempts) "
          + "\(exchange.attempts == 1 ? "attempt" : "attempts"): \(exchange.explanation().reason)")
    }
  }

  private func post(
    _ body: JSONValue, _ path: String, _ requests: ExportRequests
  ) async -> Exchange {
    await requests.post(
      Array(body.text().utf8), headers: ["Content-Type": "application/json"], path: path,
      key: KeyedRandom.key(path.utf8))
  }

  /// What a collector didn't take of a request that it took otherwise; nil if it took all.
  private static func rejection(_ exchange: Exchange, _ member: String) -> String? {
    guard case .success(let response) = exchange.ending,
      let partial = (try? JSONValue(parsing: response.body))?["partialSuccess"],
      // 64-bit integers come as strings.
      let count = partial[member]?.integer ?? partial[member]?.string.flatMap({ Int($0) }),
      count > 0
    else { return nil }
    let words = partial["errorMessage"]?.string.map { ": \(OutsideText.shown($0))" } ?? ""
    return "the collector rejected \(count) of them\(words)"
  }
}
