import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// `POST /api/v2/interactions/events`: events of agent desktops.
///
/// Checked in this order: token, permission, rate limit, media type, size, query, body. Only then a
/// fault may strike, so that a request that is wrong is always answered alike.
extension SandboxService {
  func receiveEvents(
    _ request: IncomingRequest, contextID: String
  ) throws(Refusal) -> (Answer?, Delivery?) {
    let usage = try admit(request)
    do throws(Refusal) {
      let body = try json(of: request)
      let status = try successStatus(of: request.target)
      let events = try WorkspaceEventReader.read(body)
      let delivery = withModel {
        $0.receive(events, faults: options.faults, seed: seed)
      }
      var answer = answer(events, delivery, status: status, usage: usage, contextID: contextID)
      if delivery.fault != .rateLimited { answer?.fields += fields(of: usage) }
      return (answer, delivery)
    } catch {
      throw Refusal(error.error, fields: error.fields + fields(of: usage))
    }
  }

  private func admit(_ request: IncomingRequest) throws(Refusal) -> RateWindow.Usage {
    guard let token = request.bearerToken else { throw .authenticationRequired }
    let admission = withModel {
      $0.tokens.admit(
        token, requiring: WorkspaceAPI.requiredPermission, at: clock.now, limit: options.rateLimit)
    }
    switch admission {
    case .unknown: throw .badCredentials
    case .expired: throw .credentialsExpired
    case .forbidden: throw .missingPermissions(WorkspaceAPI.requiredPermission)
    case .overLimit(let usage):
      let refusal = Refusal.tooManyRequests(seconds: usage.secondsLeft, limit: usage.limit)
      throw Refusal(refusal.error, fields: refusal.fields + fields(of: usage))
    case .admitted(let usage): return usage
    }
  }

  /// 202 if the client doesn't want to wait for the events to be worked on, else 200.
  ///
  /// The sandbox has worked on them in both cases.
  private func successStatus(of target: RequestTarget) throws(Refusal) -> Int {
    let name = WorkspaceAPI.asynchronousParameter
    guard let query = FormFields(parsing: target.query.utf8) else {
      throw .badRequest("the query can't be decoded")
    }
    let values = query[name]
    switch values.last {
    case "true": return 202
    case "false", nil: return 200
    case .some(let value): throw .invalidQuery(name, value, allowed: "true, false")
    }
  }

  private func answer(
    _ events: [WorkspaceEvent], _ delivery: Delivery, status: Int, usage: RateWindow.Usage,
    contextID: String
  ) -> Answer? {
    let seconds = options.faults.retryAfter?.secondsRoundedUp
    switch delivery.fault {
    case .rateLimited:
      let seconds = seconds ?? 1
      var answer = Refusal.tooManyRequests(seconds: seconds, limit: nil)
        .answer(contextID: contextID)
      // Without a limit of its own, the token is at whatever it has used.
      answer.fields += fields(
        count: usage.count, allowed: usage.limit?.count ?? usage.count, reset: seconds)
      return answer
    case .serverError: return Refusal.internalServerError.answer(contextID: contextID)
    case .unavailable:
      return Refusal.unavailable(retryAfter: seconds).answer(contextID: contextID)
    case .dropped: return nil
    case nil:
      let receipt = WorkspaceReceipt(
        accepted: events.map(\.sequenceText),
        duplicates: delivery.duplicates.map { events[$0].sequenceText })
      return Answer(status: status, body: receipt.json)
    }
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
