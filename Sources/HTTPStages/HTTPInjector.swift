import HTTPDelivery
import HTTPTransport
package import PatchbayCore

/// Sends each event as JSON to a URL.
package struct HTTPInjector: Injector {
  package static let type = "http"
  package static let doc = "Sends each event as JSON to any URL."

  /// The options.
  package struct Options: OptionGroup {
    let url: EndpointURL
    let method: String
    let headers: HeaderFields
    let success: [Int]
    let timeout: Duration
    let concurrency: Int
    let tls: TLSOptions
    let retry: RetryPolicy

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
      options.refuseRealPlatform(url.host)
    }
  }

  private let options: Options
  private var client: (any HTTPRequester)?
  private var sender: RequestSender?
  private var runKey = UUIDBits(high: 0, low: 0)

  package var reach: StageReach { .context }

  package init(_ options: Options) {
    self.options = options
  }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    forecast.requests = [
      .init(
        "\(options.method) \(options.url.withoutQuery)", input.events,
        isLocal: LoopbackHost.contains(host: options.url.host),
        route: EnvironmentProxy.route(to: options.url.text))
    ]
    return forecast
  }

  package var capacity: InjectorCapacity {
    InjectorCapacity(calls: options.concurrency, eventsPerCall: 1)
  }

  package mutating func open(_ context: StageContext) async throws {
    let client = try makeClient(context)
    self.client = client
    runKey = context.runKey
    sender = RequestSender(
      client: client, context: context, policy: options.retry, successes: Set(options.success))
  }

  private func makeClient(_ context: StageContext) throws -> any HTTPRequester {
    var configuration = HTTPClientConfiguration(
      maximumConnectionsPerHost: options.concurrency, userAgent: "patchbay")
    options.tls.apply(to: &configuration)
    return try context.makeClient(configuration)
  }

  package func inject(_ batch: inout EventBatch) async {
    for index in batch.indices {
      let event = batch[index]
      var exchange = Exchange(ending: .unsent("the stage isn't open"))
      if let sender {
        exchange = await sender.send(
          request(for: event, of: batch), key: KeyedRandom.key(batch.bytes(event.sequence)))
      }
      exchange.judge(index, of: &batch)
    }
  }

  private func request(for event: Event, of batch: EventBatch) -> HTTPRequest {
    var body: [UInt8] = []
    EventCodec.write(event, of: batch, to: &body)
    var headers: HTTPHeaders = [
      "Content-Type": "application/json",
      "Idempotency-Key": IdempotencyKey.text(runKey, [batch.bytes(event.sequence)]),
    ]
    options.headers.replace(in: &headers)
    return HTTPRequest(
      method: options.method, url: options.url.text, headers: headers,
      body: body, timeout: options.timeout)
  }

  package mutating func close() async {
    await client?.shutdown()
  }
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
