import GenesysCloud
import HTTPTypes
import PatchbayCore

/// `POST /oauth/token`: a token for a client's id and secret.
///
/// Statuses and words of a refusal are those that `gildas/go-gcloudcx` got from the real platform
/// for an unknown client and a wrong secret; the others follow RFC 6749 §5.2.
extension SandboxService {
  func issueToken(_ request: IncomingRequest) throws(Refusal) -> Answer {
    let bytes = try bytes(of: request)
    guard request.mediaType == "application/x-www-form-urlencoded",
      let form = FormFields(parsing: bytes)
    else {
      return refuse(400, "invalid_request", "the body must be application/x-www-form-urlencoded")
    }
    guard let header = request.fields[.authorization],
      let credentials = BasicCredentials(headerValue: header)
    else { return refuse(400, "invalid_request", "basic authorization header is missing") }
    let grants = form["grant_type"]
    guard let grant = grants.first, grants.count == 1 else {
      return refuse(400, "invalid_request", "grant_type must be given once")
    }
    guard grant == LoginAPI.grantType else {
      return refuse(
        400, "unsupported_grant_type", "grant_type must be \(LoginAPI.grantType)")
    }
    guard credentials.id == options.clientID else {
      return refuse(400, "invalid_client", "client not found")
    }
    guard credentials.secret == options.clientSecret.reveal() else {
      var answer = refuse(401, "invalid_client", "authentication failed")
      answer.fields.append(("WWW-Authenticate", #"Basic realm="genesys-sandbox""#))
      return answer
    }
    let token = withModel {
      $0.tokens.issue(
        permissions: options.permissions, lifetime: options.tokenLifetime, at: clock.now,
        seed: seed)
    }
    let lifetime = options.tokenLifetime.components.seconds
    return Answer(
      status: 200,
      body: TokenResponse(accessToken: token, expiresIn: Int(clamping: lifetime)).json)
  }

  private func refuse(_ status: Int, _ error: String, _ explanation: String) -> Answer {
    Answer(status: status, body: TokenError(error, explanation).json)
  }
}
