import HTTPDelivery
import HTTPTransport
import PatchbayKit

/// Opens a ticket for each event at a help desk that wants an OAuth token.
public struct TicketInjector: Injector {
  /// The name in a configuration.
  public static let type = "tickets"
  /// What it does.
  public static let doc = "Opens a ticket for each event at the help desk."

  /// The options.
  public struct Options: OptionGroup {
    let url: EndpointURL
    let secret: Secret
    let retry: RetryPolicy

    /// Declares and reads them.
    public init(from options: inout OptionReader) {
      url = options.required("url", example: "https://desk.example.com", doc: "The help desk.")
      secret = options.secret("secret", variable: "DESK_SECRET", doc: "What it logs in with.")
      retry = options.group("retry", doc: "What happens after 429, 5xx and failed connections.")
    }
  }

  private let options: Options
  private var client: (any HTTPRequester)?
  private var sender: RequestSender?
  private var tokens: TokenCache?
  private var runID = UUIDBits(high: 0, low: 0)

  /// Nothing beside its context.
  public var reach: StageReach { .context }

  /// Makes an injector that isn't open.
  public init(_ options: Options) {
    self.options = options
  }

  /// A request for each event, eight at a time.
  public var capacity: InjectorCapacity { InjectorCapacity(calls: 8, eventsPerCall: 1) }

  /// Makes what sends; the first event logs in.
  public mutating func open(_ context: StageContext) async throws {
    let client = context.network.makeClient(HTTPClientConfiguration())
    let sender = RequestSender(client: client, context: context, policy: options.retry)
    self.client = client
    self.sender = sender
    runID = context.runID
    tokens = TokenCache(clock: context.clock) { [options] in
      let login = HTTPRequest(
        method: "POST", url: options.url.text + "/token",
        headers: ["Authorization": "Basic \(options.secret.reveal())"])
      let exchange = await sender.send(login, key: 0)
      guard case .success(let response) = exchange.ending,
        let token = try JSONValue(parsing: response.body)["access_token"]?.string
      else { throw PipelineError("there is no token: \(exchange.explanation().reason)") }
      return (token, .seconds(3_600))
    }
  }

  /// Opens a ticket for each event.
  public func inject(_ batch: inout EventBatch) async {
    for index in batch.indices {
      let id = batch.bytes(batch[index].sequence)
      var request = HTTPRequest(method: "POST", url: options.url.text + "/tickets")
      request.headers.append("Content-Type", "application/json")
      // The desk opens one ticket for a request that it gets twice.
      request.headers.append("Idempotency-Key", IdempotencyKey.text(runID, [id]))
      EventCodec.write(batch[index], of: batch, to: &request.body)
      let exchange = await sender?.send(request, key: KeyedRandom.key(id), authorizedBy: tokens)
      (exchange ?? Exchange(ending: .unsent("the stage isn't open"))).judge(index, of: &batch)
    }
  }

  /// Closes the connections.
  public mutating func close() async {
    await client?.shutdown()
  }
}
