import HTTPDelivery
import HTTPTransport
package import PatchbayCore
import PatchbayJSON
import Synchronization

/// Posts agent-desktop events to the sandbox's workspace endpoint.
///
/// The real platform has no such endpoint; see `WorkspaceAPI`. A batch that is refused with 400 is
/// refused whole: the events that the answer names fail, the others are sent again.
package struct GenesysWorkspaceInjector: Injector, ConnectionUser {
  package static let type = "genesys-workspace"
  package static let doc =
    "Posts events to the workspace endpoint of the tutorial, which only the sandbox has."
  package static let metrics = StageGate.metrics

  /// The options.
  package struct Options: OptionGroup {
    let connection: String
    let eventsPerRequest: Int
    let concurrency: Int
    let asynchronous: Bool
    let retry: RetryPolicy

    package init(from options: inout OptionReader) {
      connection = options.reference(
        "connection", to: GenesysConnection.type, doc: "The login to use.")
      eventsPerRequest = options.value(
        "events_per_request", default: 1, .range(1...1_000),
        doc: "The most events one request carries.")
      concurrency = options.value(
        "concurrency", default: 16, .range(1...256), doc: "The most requests at the same time.")
      asynchronous = options.value(
        "asynchronous", default: true,
        doc: "Whether the target answers 202 before it has processed the events, or 200 after.")
      retry = options.group("retry", doc: "What happens after 429, 5xx and failed connections.")
    }
  }

  private let options: Options
  private var refusedStatuses: RefusedStatuses?
  private var session: GenesysSession?
  private var sender: RequestSender?
  private var gate: StageGate?
  private var keys: IdempotencyKeys?

  package var reach: StageReach { .context }

  package init(_ options: Options) {
    self.options = options
  }

  package func objection(to connection: any Connection) -> String? {
    guard let connection = connection as? GenesysConnection, !connection.isStandIn
    else { return nil }
    return "leads to the real platform, which has no \(WorkspaceAPI.eventsPath); "
      + "set its \"region\" to \"sandbox\", or use another injector"
  }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    let connection = input.connection(options.connection, as: GenesysConnection.self)
    forecast.requests = [
      .init(
        "POST \(connection?.apiAddress ?? "")\(WorkspaceAPI.eventsPath)",
        input.events.groups(of: options.eventsPerRequest),
        isLocal: connection?.isStandIn ?? true, allowed: connection?.allowedRequests(input),
        sharedLimit: options.connection,
        route: connection.flatMap { EnvironmentProxy.route(to: $0.apiAddress) })
    ]
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    let connection = try await context.connection(options.connection, as: GenesysConnection.self)
    let session = try connection.openSession()
    self.session = session
    refusedStatuses = RefusedStatuses()
    keys = IdempotencyKeys(context.runKey)
    let gate = session.governor.gate(for: context, longestWait: options.retry.longestWait)
    self.gate = gate
    sender = session.makeSender(context, options.retry, through: gate)
  }

  package var capacity: InjectorCapacity {
    InjectorCapacity(calls: options.concurrency, eventsPerCall: options.eventsPerRequest)
  }

  package func inject(_ batch: inout EventBatch) async {
    var rest = Array(batch.indices)
    var progress = BatchProgress(count: batch.count)
    while !rest.isEmpty {
      let exchange = await send(rest, of: batch)
      progress.add(exchange, to: rest)
      let blamed = blamedEvents(exchange, among: rest)
      let settled = blamed.isEmpty ? rest : blamed
      for index in settled {
        judge(index, of: &batch, by: exchange, progress, isBlamed: !blamed.isEmpty)
      }
      rest.removeAll(where: settled.contains)
    }
  }

  // MARK: Sending

  private func send(_ indices: [Int], of batch: EventBatch) async -> Exchange {
    guard let session, let sender, let keys else {
      return Exchange(ending: .unsent("the stage isn't open"))
    }
    var body: [UInt8] = []
    body.reserveCapacity(indices.count * 512)
    var writer = EventWriter()
    writer.writeArray(indices, of: batch, to: &body)
    let key = keys.text(indices.indices) { batch.bytes(batch[indices[$0]].sequence) }
    let url =
      session.apiURL + WorkspaceAPI.eventsPath
      + (options.asynchronous ? "?\(WorkspaceAPI.asynchronousParameter)=true" : "")
    let request = HTTPRequest(
      method: "POST", url: url,
      headers: ["Content-Type": "application/json", "Idempotency-Key": key],
      body: body, timeout: session.timeout)
    // Not the idempotency key, which differs between runs: same seed, same waits.
    let jitterKey = KeyedRandom.key(indices.flatMap { batch.bytes(batch[$0].sequence) + [0] })
    return await session.send(request, by: sender, key: jitterKey)
  }

  // MARK: Judging

  /// The events that a 400 names, if it leaves others over.
  private func blamedEvents(_ exchange: Exchange, among indices: [Int]) -> [Int] {
    guard case .refusal(let response) = exchange.ending, response.status == 400 else { return [] }
    let named = Set(exchange.platformError?.details.compactMap(\.eventIndex) ?? [])
    return indices.enumerated().filter { named.contains($0.offset) }.map(\.element)
  }

  private func judge(
    _ index: Int, of batch: inout EventBatch, by exchange: Exchange, _ progress: BatchProgress,
    isBlamed: Bool
  ) {
    var outcome = Outcome(
      progress.mayHaveLanded[index] && exchange.kind != .accepted ? .unknown : exchange.kind,
      status: UInt16(clamping: exchange.status),
      attempts: UInt16(clamping: progress.attempts[index]))
    let ledger = progress.ledgers[index]
    outcome.timings = ledger.timings(since: batch[index].intended)
    if outcome.kind == .accepted {
      return batch.judge(index, outcome, attempts: ledger.attempts)
    }
    let (code, reason) = exchange.platformExplanation
    batch.judge(index, outcome, code: code, reason: reason, attempts: ledger.attempts)
    if case .refusal(let response) = exchange.ending { refusedStatuses?.insert(response.status) }
  }

  package func findings() -> Findings {
    var findings = Findings()
    if let gate { findings.add(gate, to: options.connection) }
    findings.notes = (refusedStatuses?.sorted ?? []).compactMap { ErrorHelp.text(forStatus: $0) }
    return findings
  }
}

extension GenesysWorkspaceInjector: ExecutorOwner {
  package var taskExecutors: [any TaskExecutor] { session?.client.taskExecutors ?? [] }
}

extension GenesysWorkspaceInjector: Examinable {
  /// Reads the token's permissions; the endpoint itself has nothing to read.
  package func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check] {
    let connection = try await context.connection(options.connection, as: GenesysConnection.self)
    return try await connection.openSession().checkPermissions(
      [WorkspaceAPI.requiredPermission], context)
  }
}

extension PlatformError.Detail {
  /// The position that `[3].state` names.
  fileprivate var eventIndex: Int? {
    guard let fieldName, fieldName.hasPrefix("["), let end = fieldName.firstIndex(of: "]")
    else { return nil }
    return Int(fieldName[fieldName.index(after: fieldName.startIndex)..<end])
  }
}

/// What became of each event over the requests that carried it.
private struct BatchProgress {
  var attempts: [Int]
  var mayHaveLanded: [Bool]
  var ledgers: [TimeLedger]

  init(count: Int) {
    attempts = Array(repeating: 0, count: count)
    mayHaveLanded = Array(repeating: false, count: count)
    ledgers = Array(repeating: TimeLedger(), count: count)
  }

  mutating func add(_ exchange: Exchange, to indices: [Int]) {
    for index in indices {
      attempts[index] += exchange.attempts
      mayHaveLanded[index] = mayHaveLanded[index] || exchange.mayHaveLanded
      ledgers[index].add(exchange.ledger)
    }
  }
}

/// The statuses that refused an event for good, for the help at the end.
private final class RefusedStatuses: Sendable {
  private let statuses = Mutex<Set<Int>>([])

  func insert(_ status: Int) { statuses.withLock { _ = $0.insert(status) } }
  var sorted: [Int] { statuses.withLock { $0.sorted() } }
}
