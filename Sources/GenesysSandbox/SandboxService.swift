import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON
import Synchronization

/// Answers requests from the model; knows nothing of sockets.
///
/// A request is checked in this order: path, method, token, permission, rate limit, and then what
/// the operation itself asks of it. Only then a fault may strike, so that a request that is wrong is
/// always answered alike.
final class SandboxService: Sendable {
  let options: SandboxOptions
  let seed: UInt64
  let credentialIDs: CredentialIDs
  let policy: ListenerPolicy
  private let clock: any PipelineClock
  private let operations = OperationTable(Operation.all)
  private let model: Mutex<SandboxModel>
  private let notificationAddress = Mutex("")
  /// Who is told that something is to happen by itself, while the sandbox serves.
  private let timekeeper = Mutex<AsyncStream<Void>.Continuation?>(nil)

  init(
    options: SandboxOptions, organization: Organization, seed: UInt64, clock: any PipelineClock
  ) {
    self.options = options
    self.seed = seed
    credentialIDs = CredentialIDs(seed: options.repeatableIDs ? seed : nil)
    policy = ListenerPolicy(hosts: options.hosts, origins: options.origins)
    self.clock = clock
    model = Mutex(
      SandboxModel(organization: organization, options: options))
  }

  /// `ws://127.0.0.1:PORT`, where the notifications' sockets are.
  var notificationURL: String {
    get { notificationAddress.withLock { $0 } }
    set { notificationAddress.withLock { $0 = newValue } }
  }

  /// Decides about a request; when this returns, the model has changed and nothing is pending.
  func respond(to request: IncomingRequest) -> Reply {
    let (number, now) = withModel { model -> (UInt64, Timestamp) in
      let now = present(of: model)
      model.settle(at: now, seed: seed)
      return (model.nextRequestNumber(), now)
    }
    var ids = KeyedRandom(seed: seed, purpose: "genesys-sandbox correlation", number)
    let contextID = UUIDBits.version4(using: &ids).description
    let match = operations.match(request.target.path)
    let operation = match?.operation(request.method)
    var exchange = Exchange(
      request: request, number: number, time: now,
      record: RequestRecord(
        correlationID: contextID, method: request.method.rawValue, target: request.target,
        userAgent: request.userAgent))
    do throws(Refusal) {
      let operation = try find(request, match)
      let (caller, usage) = try admit(request, to: operation, at: now)
      exchange.usage = usage
      exchange.record.client = caller?.client
      exchange.record.user = caller?.user
      let call = Call(
        request: request, parameters: match?.parameters ?? [:], caller: caller, now: now,
        contextID: contextID, bodyLimit: options.bodyLimit)
      try check(call, operation)
      try perform(try operation.prepare(call, self), of: operation, call, &exchange)
    } catch {
      let isOfAnother = error.error.status == 404 && lacks(request, operation)
      let refusal = isOfAnother ? Refusal.lacking(request.method, request.target.path) : error
      exchange.answer =
        request.target.path == LoginAPI.tokenPath
        ? refusal.loginAnswer(contextID: contextID) : refusal.answer(contextID: contextID)
    }
    let hasNews = withModel { model in
      let hasDeadline = model.organization.takeNews()
      return model.notifications.takeNews() || hasDeadline
    }
    let isControl = operation?.surface == .control && request.method != .get
    if hasNews || isControl { wakeTimekeeper() }
    return finish(exchange, operation: operation, path: match?.operations.first?.path.text)
  }

  // MARK: Time

  /// Lets happen what happens by itself, at its time, until cancelled.
  func keepTime() async {
    while !Task.isCancelled {
      let (wakes, wake) = AsyncStream.makeStream(
        of: Void.self, bufferingPolicy: .bufferingNewest(1))
      timekeeper.withLock { $0 = wake }
      let next = withModel { model -> Timestamp? in
        let now = present(of: model)
        model.settle(at: now, seed: seed)
        model.notifications.expire(at: now)
        model.organization.hasNews = false
        let next = [model.organization.nextDeadline, model.notifications.nextExpiry]
          .compactMap { $0 }.min()
        return next?.advanced(by: .zero - now.since(clock.now))
      }
      await withDiscardingTaskGroup { group in
        if let next {
          group.addTask(on: clock) { [clock] in
            try? await clock.watch(until: next)
            wake.yield()
          }
        }
        for await _ in wakes { break }
        group.cancelAll()
      }
    }
    timekeeper.withLock { $0 = nil }
  }

  /// Has the timekeeper look again, since what it waits for may be another time now.
  private func wakeTimekeeper() { timekeeper.withLock { _ = $0?.yield() } }

  /// Reads or changes the model, alone.
  func withModel<Result: Sendable>(_ body: (inout SandboxModel) -> Result) -> Result {
    model.withLock { body(&$0) }
  }

  /// The sandbox's present.
  var now: Timestamp { withModel { present(of: $0) } }

  /// The sandbox's present.
  func present(of model: SandboxModel) -> Timestamp {
    clock.now.advanced(by: model.clockOffset + model.faults.clockSkew.offset)
  }

  // MARK: Steps

  /// What is known of a request so far.
  private struct Exchange {
    let request: IncomingRequest
    let number: UInt64
    let time: Timestamp
    var record: RequestRecord
    var usage: RateWindow.Usage?
    var answer: Answer?
    var wait: Wait?
    var draw: (key: UInt64, attempt: Int)?
    var slowBody = Duration.zero
  }

  /// The operation that a request asks for.
  ///
  /// - Throws: 404 or 405; 501 if the platform has it, but not the sandbox.
  private func find(
    _ request: IncomingRequest, _ match: OperationTable.Match?
  ) throws(Refusal) -> Operation {
    if let operation = match?.operation(request.method) { return operation }
    switch PlatformOperations.find(request.method, request.target.path) {
    case .operation: throw .lacking(request.method, request.target.path)
    case .otherMethods where match == nil: throw .methodNotAllowed(request.method, allowed: [])
    case .otherMethods, .noPath: break
    }
    guard let match else { throw .notFound }
    throw .methodNotAllowed(request.method, allowed: match.methods)
  }

  /// Whether a path is one of the platform's that the operation only seems to stand for, as
  /// `/api/v2/users/search` does for `/api/v2/users/{userId}`.
  private func lacks(_ request: IncomingRequest, _ operation: Operation?) -> Bool {
    guard let operation, !operation.path.isLiteral,
      let path = PlatformOperations.path(of: request.method, request.target.path)
    else { return false }
    return path.precedes(operation.path)
  }

  /// Checks what can be checked of any request by how its operation is described.
  ///
  /// - Throws: 400 for a query that the operation doesn't know, and for members of a body if the sandbox
  ///   is strict, or if they are for itself.
  private func check(_ call: Call, _ operation: Operation) throws(Refusal) {
    if operation.readsOwnQuery { return }
    for name in try call.query().names {
      guard operation.doc.query.contains(where: { $0.name == name }) else {
        throw .unknownQuery(name, known: operation.doc.query.map(\.name))
      }
    }
    guard options.isStrict, operation.surface == .platform, let schema = operation.doc.body,
      let body = try? call.json(), let member = schema.firstUnknownMember(of: body)
    else { return }
    throw .invalidField(member, "the sandbox doesn't know this field, and is strict about that")
  }

  /// Checks the token, if the operation asks for one, and counts the request.
  private func admit(
    _ request: IncomingRequest, to operation: Operation, at now: Timestamp
  ) throws(Refusal) -> (Caller?, RateWindow.Usage?) {
    guard case .token(let permissions) = operation.access else { return (nil, nil) }
    guard let token = request.bearerToken else { throw .authenticationRequired }
    let admission = withModel {
      $0.tokens.admit(
        token, requiringAnyOf: permissions, at: now, limit: options.rateLimit.rate)
    }
    switch admission {
    case .unknown: throw .badCredentials
    case .expired: throw .credentialsExpired
    case .forbidden: throw .missingPermissions(permissions.joined(separator: ", "))
    case .overLimit(let usage):
      let refusal = Refusal.tooManyRequests(seconds: usage.secondsLeft, limit: usage.limit)
      throw Refusal(refusal.error, fields: refusal.fields + fields(of: usage))
    case .admitted(let grant, let usage):
      return (Caller(token: token, client: grant.client, user: grant.user), usage)
    }
  }

  /// Draws a fault, does the work unless the fault prevents it, and tells who listens.
  private func perform(
    _ work: Work, of operation: Operation, _ call: Call, _ exchange: inout Exchange
  ) throws(Refusal) {
    var outcome = model.withLock { model -> (Outcome) in
      var outcome = Outcome()
      if operation.surface == .platform {
        let key = work.key ?? call.request.key
        let attempt =
          work.attempt?(model)
          ?? (work.events.isEmpty && !model.faults.strikes
            ? 0 : model.attempts.count(key))
        outcome.draw = (key, attempt)
        outcome.fault = model.faults.draw(seed: seed, key: key, attempt: attempt)
      }
      if operation.surface != .control, !work.isRefusal,
        let next = model.nextFaults.take(call.request, of: call.caller)
      {
        outcome.fault = next.fault.request
        outcome.retryAfter = next.retryAfter
        outcome.slowBody = next.slowBody
      }
      if let fault = outcome.fault { model.counts.faults[fault, default: 0] += 1 }
      outcome.faults = model.faults
      work.arrive?(&model)
      if outcome.fault?.hasEffect ?? true {
        do throws(Refusal) {
          outcome.answer = try work.apply(&model)
        } catch {
          outcome.refusal = error
        }
        outcome.events = model.takeResults()
        let occurrences = model.takeChanges()
        outcome.changes = occurrences.map(\.change)
        model.publish(
          occurrences, correlationID: exchange.record.correlationID, at: call.now, seed: seed)
      } else {
        outcome.events = work.events.map { ($0, .untouched) }
        if let token = call.caller?.token {
          switch outcome.fault {
          case .tokenExpired:
            model.tokens.expire(token, at: call.now)
            model.notifications.expire(token: token, at: call.now)
          case .tokenRevoked: model.revoke { name, _ in name == token }
          default: break
          }
        }
      }
      return outcome
    }
    exchange.draw = outcome.draw
    exchange.record.attempt = outcome.draw?.attempt
    exchange.record.fault = outcome.fault
    exchange.record.events = outcome.events
    exchange.record.changes = outcome.changes
    exchange.wait = work.wait
    if let refusal = outcome.refusal {
      // A refusal gets lost, or breaks off, as any other answer does.
      outcome.answer = refusal.answer(contextID: call.contextID)
    }
    exchange.answer = try answer(outcome, exchange)
    if outcome.fault == .slow {
      exchange.slowBody = outcome.slowBody ?? outcome.faults?.slowBody ?? .zero
    }
  }

  /// What came of a request's work.
  private struct Outcome: Sendable {
    var draw: (key: UInt64, attempt: Int)?
    var fault: Fault?
    var faults: SandboxFaults?
    /// What the fault itself says about these two.
    var retryAfter: Duration?
    var slowBody: Duration?
    var answer: Answer?
    var refusal: Refusal?
    var events: [(id: UUIDBits, result: RequestRecord.EventResult)] = []
    var changes: [Change] = []
  }

  /// The answer, as a fault makes it; nil for none.
  private func answer(_ outcome: Outcome, _ exchange: Exchange) throws(Refusal) -> Answer? {
    let seconds = (outcome.retryAfter ?? outcome.faults?.retryAfter)?.secondsRoundedUp
    switch outcome.fault {
    case .rateLimited:
      let seconds = seconds ?? 1
      let refusal = Refusal.tooManyRequests(seconds: seconds, limit: nil)
      guard let usage = exchange.usage else { throw refusal }
      // Without a limit of its own, the token is at whatever it has used.
      throw Refusal(
        refusal.error,
        fields: refusal.fields
          + fields(count: usage.count, allowed: usage.limit?.count ?? usage.count, reset: seconds))
    case .serverError: throw .internalServerError
    case .unavailable: throw .unavailable(retryAfter: seconds)
    case .gatewayTimeout: throw .gatewayTimeout
    case .tokenExpired: throw .credentialsExpired
    case .tokenRevoked: throw .badCredentials
    case .dropped, .droppedBefore: return nil
    case .malformed:
      // Where there is nothing to break off, the connection does.
      guard var answer = outcome.answer, answer.hasBody else { return nil }
      answer.breaksOff = true
      return answer
    case .slow, nil: return outcome.answer
    }
  }

  /// Records the request, and says how long the answer takes.
  private func finish(_ exchange: Exchange, operation: Operation?, path: String?) -> Reply {
    var exchange = exchange
    var answer = exchange.answer
    answer?.fields.append((PlatformHeader.correlationID, exchange.record.correlationID))
    let isLimited = answer?.fields.contains { $0.name == PlatformHeader.rateLimitReset } ?? false
    if let usage = exchange.usage, !isLimited { answer?.fields += fields(of: usage) }
    let body = answer?.bytes ?? []
    guard operation?.surface != .control, !exchange.request.target.path.hasPrefix("/sandbox/")
    else {
      return Reply(answer: answer, body: body, date: exchange.time, wait: exchange.wait)
    }
    exchange.record.status = answer?.status
    let outcome = answer.map { String($0.status) } ?? Fault.dropped.rawValue
    let sent = exchange.request.sent
    let shown = exchange.request.method == .head ? [] : body
    let isLogin = exchange.request.target.path.hasPrefix("/oauth/")
    let latency = withModel { model in
      model.count(path: path ?? "other", outcome: outcome)
      model.note(exchange.record, at: exchange.time, body: sent, isLogin: isLogin, answer: shown)
      return model.faults.latency
    }
    return Reply(
      answer: answer, body: body, date: exchange.time, latency: draw(latency, exchange),
      slowBody: exchange.slowBody)
  }

  /// Drawn for what the request is about, so that it doesn't depend on the order in which requests
  /// arrive.
  private func draw(_ latency: SandboxLatency, _ exchange: Exchange) -> Duration {
    if case .none = latency { return .zero }
    var random =
      if let draw = exchange.draw {
        KeyedRandom(
          seed: seed, purpose: "genesys-sandbox event latency", draw.key,
          UInt64(truncatingIfNeeded: draw.attempt))
      } else {
        KeyedRandom(seed: seed, purpose: "genesys-sandbox latency", exchange.number)
      }
    return latency.draw(using: &random)
  }

  /// The headers of a rate limit; none if there is no limit, for they would tell of one.
  private func fields(of usage: RateWindow.Usage) -> [(name: String, value: String)] {
    guard let limit = usage.limit else { return [] }
    return fields(count: usage.count, allowed: limit.count, reset: usage.secondsLeft)
  }

  private func fields(
    count: Int, allowed: Int, reset: Int
  ) -> [(name: String, value: String)] {
    [
      (PlatformHeader.rateLimitCount, String(count)),
      (PlatformHeader.rateLimitAllowed, String(allowed)),
      (PlatformHeader.rateLimitReset, String(reset)),
    ]
  }
}
