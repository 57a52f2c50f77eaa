package import HTTPDelivery
package import HTTPTransport
package import PatchbayCore

/// What stages need of an open connection.
package struct GenesysSession: Sendable {
  /// Scheme, host and port that API paths are appended to.
  package let apiURL: String
  package let client: any HTTPRequester
  package let tokens: TokenCache
  package let timeout: Duration
  /// Keeps what stages send within the token's rate limit; logins pass beside it.
  package let governor: RateGovernor

  /// Sends a request with a token; one that was answered by 401 is replaced.
  package func send(_ request: HTTPRequest, by sender: RequestSender, key: UInt64) async -> Exchange
  {
    await sender.send(request, key: key, authorizedBy: tokens)
  }

  /// Reads something once, for a look before a run.
  package func read(_ path: String, _ context: StageContext) async -> Exchange {
    let request = HTTPRequest(
      url: apiURL + path, headers: ["Accept": "application/json"], timeout: timeout)
    return await send(request, by: makeSender(context, .once, through: nil), key: 0)
  }

  /// What sends requests to the platform by a stage's policy.
  package func makeSender(
    _ context: StageContext, _ policy: RetryPolicy, through gate: StageGate?
  ) -> RequestSender {
    RequestSender(
      client: client, context: context, policy: policy, successes: [200, 202], gate: gate)
  }
}
