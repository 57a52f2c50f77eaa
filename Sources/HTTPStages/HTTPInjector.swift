import HTTPDelivery
import HTTPTransport
package import PatchbayCore

/// Sends events as JSON to a URL.
package struct HTTPInjector: Injector {
  package static let type = "http"
  package static let doc = "Sends events as JSON to any URL."
  package static let metrics = StageGate.metrics

  /// The options.
  package struct Options: OptionGroup {
    let url: EndpointURL
    let method: String
    let headers: HeaderFields
    let eventsPerRequest: Int
    let body: BodyForm
    let success: [Int]
    let timeout: Duration
    let concurrency: Int
    let tls: TLSOptions
    let retry: RetryPolicy
    let limits: String?

    package init(from options: inout OptionReader) {
      url = options.required(
        "url", example: "https://qa.example.com/events", doc: "Where events are sent.")
      method = options.value(
        "method", default: "POST",
        .that(
          "a method that takes a body, in capitals such as PUT", pattern: "^[A-Z]{1,20}$"
        ) { method in
          (1...20).contains(method.utf8.count) && !["HEAD", "CONNECT"].contains(method)
            && method.utf8.allSatisfy { (0x41...0x5A).contains($0) }
        }, doc: "The request's method.")
      headers = options.value(
        "headers", default: .none,
        doc: "Header fields beside Content-Type; values are not shown.")
      eventsPerRequest = options.value(
        "events_per_request", default: 1, .range(1...1_000),
        doc: "The most events one request carries; its answer holds for all of them.")
      body = options.value("body", default: .object, doc: "How a request's body holds its events.")
      success = options.oneOrMany(
        "success", default: [200, 201, 202, 204], .nonEmpty, .each(.range(200...599)),
        doc: "The statuses that count as accepted.")
      timeout = options.value(
        "timeout", default: .seconds(30), .range(.milliseconds(1) ... .seconds(600)),
        doc: "How long one request may take.")
      concurrency = options.value(
        "concurrency", default: 16, .range(1...256), doc: "The most requests at the same time.")
      tls = TLSOptions(from: &options)
      retry = options.group("retry", doc: "What happens after 429, 5xx and failed connections.")
      limits = options.optionalReference(
        "limits", to: LimitsConnection.type,
        doc:
          "What keeps requests within the target's rate limit; stages that name the same share it.")
      options.refuseRealPlatform(url.host)
      options.check(
        body != .object || eventsPerRequest == 1, at: "events_per_request",
        "one object holds one event; set \"body\" to \"array\" or \"lines\"")
    }
  }

  private let options: Options
  private var client: (any HTTPRequester)?
  private var sender: RequestSender?
  private var gate: StageGate?
  private var keys: IdempotencyKeys?
  /// The header fields of every request, but for the key.
  private var headers: HTTPHeaders = [:]
  /// Whether requests have a key of the program's own.
  private var sendsKey = true

  package var reach: StageReach { .context }

  package init(_ options: Options) {
    self.options = options
  }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.requests = [
      .init(
        "\(options.method) \(options.url.withoutQuery)",
        input.events.groups(of: options.eventsPerRequest),
        isLocal: LoopbackHost.contains(host: options.url.host),
        allowed: options.limits.flatMap {
          input.connection($0, as: LimitsConnection.self)?.rate
        }, sharedLimit: options.limits,
        route: EnvironmentProxy.route(to: options.url.text))
    ]
    return forecast
  }

  package var capacity: InjectorCapacity {
    InjectorCapacity(calls: options.concurrency, eventsPerCall: options.eventsPerRequest)
  }

  package mutating func open(_ context: StageContext) async throws {
    if let limits = options.limits {
      let connection = try await context.connection(limits, as: LimitsConnection.self)
      gate = try connection.openGovernor().gate(
        for: context, longestWait: options.retry.longestWait)
    }
    let client = try makeClient(context)
    self.client = client
    keys = IdempotencyKeys(context.runKey)
    headers = ["Content-Type": options.body.contentType]
    options.headers.replace(in: &headers)
    sendsKey = headers.first("Idempotency-Key") == nil
    sender = RequestSender(
      client: client, context: context, policy: options.retry, successes: Set(options.success),
      gate: gate)
  }

  private func makeClient(_ context: StageContext) throws -> any HTTPRequester {
    var configuration = HTTPClientConfiguration(
      maximumConnectionsPerHost: options.concurrency, userAgent: "patchbay",
      threads: HTTPClientConfiguration.threads(for: options.concurrency))
    options.tls.apply(to: &configuration)
    return try context.makeClient(configuration)
  }

  package func inject(_ batch: inout EventBatch) async {
    var exchange = Exchange(ending: .unsent("the stage isn't open"))
    if let sender { exchange = await sender.send(request(for: batch), key: jitterKey(batch)) }
    // What the answer says holds for all that the request carried.
    for index in batch.indices { exchange.judge(index, of: &batch) }
  }

  private func request(for batch: EventBatch) -> HTTPRequest {
    var body: [UInt8] = []
    body.reserveCapacity(batch.count * 512)
    options.body.write(batch, to: &body)
    var headers = headers
    if sendsKey, let keys {
      headers.append(
        "Idempotency-Key", keys.text(batch.indices) { batch.bytes(batch[$0].sequence) })
    }
    return HTTPRequest(
      method: options.method, url: options.url.text, headers: headers,
      body: body, timeout: options.timeout)
  }

  /// What draws the pauses between attempts; not the idempotency key, which differs between runs.
  private func jitterKey(_ batch: EventBatch) -> UInt64 {
    if batch.count == 1 { return KeyedRandom.key(batch.bytes(batch[0].sequence)) }
    return KeyedRandom.key(batch.indices.flatMap { batch.bytes(batch[$0].sequence) + [0] })
  }

  package func findings() -> Findings {
    var findings = Findings()
    if let limits = options.limits, let gate { findings.add(gate, to: limits) }
    return findings
  }

  package mutating func close() async {
    await client?.shutdown()
  }
}

extension HTTPInjector: ExecutorOwner {
  package var taskExecutors: [any TaskExecutor] { client?.taskExecutors ?? [] }
}

extension HTTPInjector: Examinable {
  /// Looks whether the endpoint answers.
  package func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check] {
    let client = try makeClient(context)
    let probe = EndpointProbe(
      url: options.url.text, headers: options.headers, timeout: options.timeout)
    let check = await probe.check(client)
    await client.shutdown()
    return [check]
  }
}
