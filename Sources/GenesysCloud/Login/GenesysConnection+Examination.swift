import HTTPDelivery
import HTTPTransport
package import PatchbayCore
import PatchbayJSON

extension GenesysConnection: Examinable {
  /// Logs in once, and reads what the token stands for.
  package func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check] {
    let (api, login) = try await hosts(context)
    let client = try makeClient(context)
    let checks = await examine(api: api, makeLogin(login), client, context)
    await client.shutdown()
    return checks
  }

  private func examine(
    api: String, _ login: Login, _ client: any HTTPRequester, _ context: StageContext
  ) async -> [Check] {
    let sender = RequestSender(client: client, context: context, policy: .once, successes: [200])
    let token: TokenResponse
    do {
      token = try Login.read(await sender.send(login.request, key: 0))
    } catch {
      let refusal = error as? LoginRefusal ?? .unsent("\(error)")
      return [refusal.check]
    }
    let life = token.expiresIn.map { ", good for \(Duration.seconds($0).optionText)" } ?? ""
    return [.good("login", "the client got a token\(life)")]
      + (await examine(api: api, token.accessToken, sender, context))
  }

  private func examine(
    api: String, _ token: String, _ sender: RequestSender, _ context: StageContext
  ) async -> [Check] {
    let request = HTTPRequest(
      url: api + TokenInfo.path,
      headers: ["Authorization": "Bearer \(token)", "Accept": "application/json"],
      timeout: options.timeout)
    let sent = context.clock.now
    let exchange = await sender.send(request, key: 0)
    let received = context.clock.now
    switch exchange.ending {
    case .success(let response):
      let info = (try? JSONValue(parsing: response.body)).flatMap { TokenInfo(parsing: $0) }
      return [
        info.map { .good("API", $0.summary) }
          ?? .bad(
            "API", "\(TokenInfo.path) answered 200 with something else",
            cure: "check that the address is the platform's, or look at what is in between"),
        .clock(response, sent: sent, received: received),
        Self.limit(response),
      ]
    case .refusal(let response) where response.status == 401:
      return [
        .bad(
          "API", "the token that the login gave is refused: \(exchange.platformExplanation.reason)",
          cure: "check that \"region\" is the organisation's; or it was revoked meanwhile"),
        .clock(response, sent: sent, received: received),
      ]
    case .refusal(let response):
      let finding = "\(TokenInfo.path) is refused: \(exchange.platformExplanation.reason)"
      return [
        response.status >= 500
          ? .bad(
            "API", finding,
            cure: "look again: it may pass; https://status.mypurecloud.com tells of outages")
          : .doubtful(
            "API", finding, cure: "a run may work all the same; its first refusal says more"),
        .clock(response, sent: sent, received: received),
      ]
    case .noAnswer(let error): return [.unreachable("API", error)]
    case .unsent(let reason): return [.unchecked("API", reason)]
    case .cancelled: return []
    }
  }

  /// What the answer says about the token's rate limit.
  private static func limit(_ response: HTTPResponse) -> Check {
    let subject = "rate limit"
    func number(_ name: String) -> Int? { response.headers.first(name).flatMap { Int($0) } }
    guard let allowed = number(PlatformHeader.rateLimitAllowed),
      let count = number(PlatformHeader.rateLimitCount)
    else { return .unchecked(subject, "the answer names none") }
    let reset = number(PlatformHeader.rateLimitReset).map { ", which ends in \($0)s" } ?? ""
    let text =
      "\(allowed) \(allowed == 1 ? "request" : "requests") in a window\(reset); \(count) made"
    return count < allowed
      ? .good(subject, text)
      : .doubtful(subject, text, cure: "a run would begin by waiting for the next window")
  }
}

extension LoginRefusal {
  /// The refusal with what to do about it.
  var check: Check {
    switch self {
    case .noAnswer(let error): return .unreachable("login", error)
    case .noToken:
      return .bad("login", description, cure: "check that \"region\" names a login host")
    case .unsent(let reason): return .unchecked("login", reason)
    case .refused(let status, let error):
      let words = error.map { " (\($0.error): \($0.explanation))" } ?? ""
      return .bad("login", "refused with HTTP \(status)\(words)", cure: Self.cure(status, error))
    }
  }

  /// Words and statuses are those that clients got from the real platform; see `TokenError`.
  private static func cure(_ status: Int, _ error: TokenError?) -> String {
    switch (status, error?.error) {
    case (_, "unauthorized_client"):
      "give the OAuth client the grant type Client Credentials"
    case (400, "invalid_client"):
      "check \"client_id\", and \"region\": a client exists in its organisation's region alone"
    case (401, _):
      "check \"client_secret\"; a new one can be made on the OAuth client's page"
    case (429, _): "wait a minute; too many logins were made"
    case (500..., _): "try again later; https://status.mypurecloud.com tells of outages"
    default: "check \"region\", \"client_id\" and \"client_secret\""
    }
  }
}
