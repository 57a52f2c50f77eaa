import HTTPDelivery
import HTTPTransport
package import PatchbayCore

/// Sends events as JSON to a URL.
package struct HTTPInjector: Injector, ConnectionUser {
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
    let mapping: String?
    let errors: AnswerErrors?

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
      body = options.value("body", default: "object", doc: "How a request's body holds its events.")
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
      mapping = options.optionalReference(
        "mapping", to: eventShapeType, doc: "The shape in which events are sent, if it isn't ours.")
      errors = options.optional(
        "errors",
        doc:
          "Where an answer says which of a request's events it didn't take; without it an answer "
          + "holds for all of them.")
      options.refuseRealPlatform(url.host)
      options.check(
        body != .object || eventsPerRequest == 1, at: "events_per_request",
        "one object holds one event; set \"body\" to \"array\", \"lines\" or \"wrapped\"")
    }
  }

  private let options: Options
  private var client: (any HTTPRequester)?
  private var sender: RequestSender?
  private var gate: StageGate?
  private var keys: IdempotencyKeys?
  /// The header fields of every request, but for the key.
  private var headers: HTTPHeaders = [:]
  /// Makes what writes events in a shape that isn't ours.
  private var shape: (any EventShape)?
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
    shape = try await context.shape(options.mapping)
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

  package func objection(to connection: any Connection) -> String? {
    (connection as? any EventShape)?.objectionToWriting
  }

  /// An event as it is sent.
  private struct Item {
    let index: Int
    let json: [UInt8]
  }

  package func inject(_ batch: inout EventBatch) async {
    guard let sender else {
      let exchange = Exchange(ending: .unsent("the stage isn't open"))
      for index in batch.indices { exchange.judge(index, of: &batch) }
      return
    }
    var items = written(&batch)
    var earlier: Exchange?
    // Each time at least one of them is judged.
    while !items.isEmpty {
      let exchange = await sender.send(
        request(for: items, of: batch), key: jitterKey(items, batch), after: earlier)
      earlier = exchange
      items = judge(items, by: exchange, &batch)
    }
  }

  /// Events as they are sent; those that the shape has no way to say are judged.
  private func written(_ batch: inout EventBatch) -> [Item] {
    var items: [Item] = []
    items.reserveCapacity(batch.count)
    guard var shape = shape?.makeWriter() else {
      var writer = EventWriter()
      for index in batch.indices {
        var json: [UInt8] = []
        writer.write(batch[index], of: batch, to: &json)
        items.append(Item(index: index, json: json))
      }
      return items
    }
    for index in batch.indices {
      var json: [UInt8] = []
      do throws(UnwritableEvent) {
        try shape.write(index, of: batch, to: &json)
        items.append(Item(index: index, json: json))
      } catch {
        Exchange(ending: .unsent(error.description)).judge(index, of: &batch)
      }
    }
    return items
  }

  /// Judges events by an answer.
  ///
  /// - Returns: those that are to be sent again, since the answer refuses only others.
  private func judge(
    _ items: [Item], by exchange: Exchange, _ batch: inout EventBatch
  ) -> [Item] {
    var named: [Int: String] = [:]
    if options.errors != nil, exchange.ending.response?.isBodyDropped ?? false {
      // Which of them it names isn't known.
      for item in items { exchange.judgeUnread(item.index, of: &batch) }
      return []
    }
    if let errors = options.errors, let body = exchange.ending.response?.body {
      named = errors.named(in: body, of: items.map { batch.sequenceID(of: batch[$0.index]) })
    }
    for (place, reason) in named {
      exchange.refuse(items[place].index, of: &batch, quoting: reason)
    }
    let rest = items.indices.filter { named[$0] == nil }.map { items[$0] }
    if case .refusal = exchange.ending, !named.isEmpty, let errors = options.errors {
      switch errors.rest {
      case .again where !exchange.wasCutShort: return rest
      case .accepted:
        for item in rest { exchange.accept(item.index, of: &batch) }
        return []
      case .again, .refused: break
      }
    }
    // What the answer says holds for all others that the request carried.
    for item in rest { exchange.judge(item.index, of: &batch) }
    return []
  }

  private func request(for items: [Item], of batch: EventBatch) -> HTTPRequest {
    var headers = headers
    if sendsKey, let keys {
      headers.append(
        "Idempotency-Key",
        keys.text(items.map(\.index)) { batch.bytes(batch[$0].sequence) })
    }
    return HTTPRequest(
      method: options.method, url: options.url.text, headers: headers,
      body: options.body.body(of: items.map(\.json)), timeout: options.timeout)
  }

  /// What draws the pauses between attempts; not the idempotency key, which differs between runs.
  private func jitterKey(_ items: [Item], _ batch: EventBatch) -> UInt64 {
    if items.count == 1 { return KeyedRandom.key(batch.bytes(batch[items[0].index].sequence)) }
    return KeyedRandom.key(items.flatMap { batch.bytes(batch[$0.index].sequence) + [0] })
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
