import HTTPDelivery
import HTTPTransport
package import PatchbayCore
import PatchbayJSON

/// Injects events by the platform's own API, `/api/v2/events/...`.
///
/// Each event of the pipeline becomes the presence, routing-status and conversation events that say
/// the same in the platform's terms, and is accepted when all of them are. What comes first is
/// answered before the next is sent: within an agent and within an interaction nothing overtakes.
/// Since nothing tells in which order the platform takes the events of one request, a request
/// carries at most one event of an agent and of an interaction.
package struct GenesysEventsInjector: Injector {
  package static let type = "genesys-events"
  package static let doc = "Injects presence, routing status and conversation events."
  package static let metrics =
    [
      MetricDeclaration("platform_events", doc: "Events that the platform accepted."),
      MetricDeclaration("platform_events_refused", doc: "Events that the platform refused."),
      MetricDeclaration(
        "platform_events_unknown", doc: "Events that may have had their effect without an answer."),
      MetricDeclaration("requests", doc: "Requests that were answered for good."),
    ] + StageGate.metrics

  /// The options.
  package struct Options: OptionGroup {
    let connection: String
    let eventsPerRequest: Int
    let bytesPerRequest: ByteCount
    let linger: Duration
    let concurrency: Int
    let source: String?
    let presenceSource: String?
    let queue: String?
    let parties: Parties
    let afterCallWork: Bool
    let wrapUpCode: String
    let retry: RetryPolicy

    package init(from options: inout OptionReader) {
      let uuid = OptionRule<String>.that(
        "a UUID in lower-case hexadecimal",
        pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
      ) { UUIDBits(lowercase: Array($0.utf8)) != nil }
      connection = options.reference(
        "connection", to: GenesysConnection.type, doc: "The login to use.")
      eventsPerRequest = options.value(
        "events_per_request", default: 100, .range(1...1_000),
        doc: "The most events one request carries.")
      bytesPerRequest = options.value(
        "bytes_per_request", default: .bytes(512_000), .range(.bytes(1_024)...(.bytes(512_000))),
        doc: "The most bytes of a request's body; the platform takes 512 000.")
      linger = options.value(
        "linger", default: .zero, .range(.zero ... .seconds(60)),
        doc: "How long an event may wait for others to share a request with.")
      concurrency = options.value(
        "concurrency", default: 8, .range(1...256), doc: "The most requests at the same time.")
      source = options.optional(
        "source_id", .nonEmpty, doc: "The id of the platform that the agents really work on.")
      presenceSource = options.optional(
        "presence_source_id", uuid, doc: "The id of the presence source that presences come from.")
      queue = options.optional(
        "queue_id", uuid, doc: "The queue that interactions are offered from.")
      parties = options.value(
        "parties", default: .agent,
        doc: """
          Whose parts of a conversation are told; who calls, and through which queue, is read from the \
          attributes `ani`, `dnis`, `customer_name` and `queue_id` of its events.
          """)
      afterCallWork = options.value(
        "after_call_work", default: true,
        doc: "Whether offers say that after-call work will follow.")
      wrapUpCode = options.value(
        "wrapup_code", default: "7fb334b0-0e9e-11e4-9191-0800200c9a66", uuid,
        doc: "The wrap-up code of finished after-call work.")
      retry = options.group("retry", doc: "What happens after 429, 5xx and failed connections.")
    }
  }

  /// Whose parts of a conversation are told.
  package enum Parties: String, OptionChoice {
    case agent
    case all

    package var doc: String {
      switch self {
      case .agent: "The agent's alone."
      case .all: "The customer's and the queue's, too."
      }
    }
  }

  /// What belongs to one run.
  fileprivate struct Opened {
    let session: GenesysSession
    let sender: RequestSender
    let gate: StageGate
    let clock: any PipelineClock
    let records: InjectionRecords
  }

  let options: Options
  private var opened: Opened?

  package var reach: StageReach { .context }

  package init(_ options: Options) {
    self.options = options
  }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    let connection = input.connection(options.connection, as: GenesysConnection.self)
    // An event may take no request at all, or one to each endpoint; and with all parties, to that of
    // conversations one for each of them.
    let factor = options.parties == .all ? 5 : 3
    let most = input.events.most.map { $0.multipliedReportingOverflow(by: factor) }
    let requests: Amount =
      if let most, !most.overflow { .between(0, most.partialValue) } else {
        .unknown("up to \(factor == 3 ? "three" : "five") for each event")
      }
    forecast.requests = [
      .init(
        "POST \(connection?.apiAddress ?? "")/api/v2/events/...", requests,
        isLocal: connection?.isStandIn ?? true, allowed: connection?.allowedRequests(input),
        sharedLimit: options.connection,
        route: connection.flatMap { EnvironmentProxy.route(to: $0.apiAddress) })
    ]
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    let connection = try await context.connection(options.connection, as: GenesysConnection.self)
    let session = try connection.openSession()
    let book = AgentBook(
      sendsAfterCallWork: options.afterCallWork, wrapUpCode: options.wrapUpCode,
      parties: options.parties, hasQueue: options.queue != nil)
    let gate = session.governor.gate(for: context, longestWait: options.retry.longestWait)
    opened = Opened(
      session: session, sender: session.makeSender(context, options.retry, through: gate),
      gate: gate, clock: context.clock, records: InjectionRecords(book))
  }

  package var capacity: InjectorCapacity {
    InjectorCapacity(
      calls: options.concurrency, eventsPerCall: options.eventsPerRequest, linger: options.linger)
  }

  package func inject(_ batch: inout EventBatch) async {
    guard let opened else {
      for index in batch.indices {
        batch.judge(
          index, Outcome(.failed), code: "not_sent", reason: "the stage isn't open")
      }
      return
    }
    var work = InjectionWork(batch, records: opened.records, options)
    while let request = work.nextRequest(options) {
      let post = opened.post(request)
      let exchange = await opened.session.send(post, by: opened.sender, key: request.key)
      let again = work.settle(request, by: exchange, attempts: options.retry.attempts)
      if !again.isEmpty { await opened.pause(before: again, of: post, &work) }
    }
    work.judge(&batch)
  }

  package func findings() -> Findings {
    guard let opened else { return Findings() }
    var findings = opened.records.findings()
    findings.add(opened.gate, to: options.connection)
    return findings
  }
}

extension GenesysEventsInjector.Opened {
  fileprivate func post(_ request: InjectionRequest) -> HTTPRequest {
    HTTPRequest(
      method: "POST", url: session.apiURL + request.endpoint.path,
      headers: ["Content-Type": "application/json"], body: request.body, timeout: session.timeout)
  }

  /// Waits before steps are sent again that the platform may accept a little later.
  fileprivate func pause(
    before tries: [Int], of request: HTTPRequest, _ work: inout InjectionWork
  ) async {
    let steps = tries.count == 1 ? "an event" : "\(tries.count) events"
    let before = clock.now
    do {
      try await sender.pause(
        after: tries.max() ?? 1, of: request, key: work.firstKey,
        because: "the platform refused \(steps) for now")
    } catch {
      work.cancel()
    }
    work.addBackoff(from: before, to: clock.now)
  }
}
