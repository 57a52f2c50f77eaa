import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// A wish for a token: by a client's secret, by a code, or by a token that was given to get new ones.
///
/// Statuses and words of a refusal are those that `gildas/go-gcloudcx` got from the real platform for an
/// unknown client and a wrong secret; the others follow RFC 6749 §5.2.
struct TokenRequest {
  /// Why there is no token.
  struct Problem: Error {
    var status = 400
    var error: String
    var explanation: String
    var fields: [(name: String, value: String)] = []

    init(_ error: String, _ explanation: String) {
      self.error = error
      self.explanation = explanation
    }

    var answer: Answer {
      Answer(status: status, fields: fields, body: TokenError(error, explanation).json)
    }
  }

  /// What a token is given for.
  private enum Grant {
    case client
    case code(String, redirectURI: String, verifier: String?)
    case refresh(String)
  }

  private let client: String
  /// Whether the client has shown its secret; one that lives in a browser has none.
  private let isConfidential: Bool
  private let grant: Grant

  init(_ call: Call, _ options: SandboxOptions) throws(Problem) {
    guard call.request.mediaType == FormFields.mediaType,
      let form = FormFields(parsing: call.request.sent)
    else { throw Problem("invalid_request", "the body must be \(FormFields.mediaType)") }
    let credentials = call.request.authorization.flatMap { BasicCredentials(headerValue: $0) }
    let grants = form["grant_type"]
    let isPublic =
      credentials == nil && grants == ["authorization_code"] && !form["client_id"].isEmpty
    guard credentials != nil || isPublic else {
      throw Problem("invalid_request", "basic authorization header is missing")
    }
    guard grants.count == 1 else {
      throw Problem("invalid_request", "grant_type must be given once")
    }
    func one(_ name: String) throws(Problem) -> String {
      let values = form[name]
      guard let value = values.first, values.count == 1 else {
        throw Problem("invalid_request", "\(name) must be given once")
      }
      return value
    }
    switch grants[0] {
    case LoginAPI.grantType: grant = .client
    case "authorization_code":
      grant = .code(
        try one("code"), redirectURI: try one("redirect_uri"), verifier: form["code_verifier"].last)
    case "refresh_token": grant = .refresh(try one("refresh_token"))
    default:
      throw Problem(
        "unsupported_grant_type",
        "grant_type must be \(LoginAPI.grantType), authorization_code or refresh_token")
    }
    if let credentials { client = credentials.id } else { client = try one("client_id") }
    isConfidential = credentials != nil
    guard client == options.clientID else { throw Problem("invalid_client", "client not found") }
    if let credentials, credentials.secret != options.clientSecret.reveal() {
      var problem = Problem("invalid_client", "authentication failed")
      problem.status = 401
      problem.fields = [("WWW-Authenticate", #"Basic realm="genesys-sandbox""#)]
      throw problem
    }
  }

  /// The token, as the login answers; or why there is none.
  func answer(
    from model: inout SandboxModel, _ service: SandboxService, at now: Timestamp
  ) -> Answer {
    do throws(Problem) {
      let user = try user(&model, at: now)
      let token = model.issueToken(
        client: client, user: user, options: service.options, at: now, ids: service.credentialIDs)
      guard let user, isConfidential, case .object(var members) = token else {
        return Answer(status: 200, body: token)
      }
      let refresh = model.authorizations.makeRefreshToken(
        .init(client: client, user: user, token: token["access_token"]?.string ?? ""),
        ids: service.credentialIDs)
      members.append(.init("refresh_token", .string(refresh)))
      return Answer(status: 200, body: .object(members))
    } catch {
      return error.answer
    }
  }

  /// Whom the token stands for; nil for the client itself.
  private func user(_ model: inout SandboxModel, at now: Timestamp) throws(Problem) -> UUIDBits? {
    switch grant {
    case .client: return nil
    case .code(let text, let redirectURI, let verifier):
      guard let code = model.authorizations.take(code: text, at: now), code.grant.client == client
      else { throw Problem("invalid_grant", "the code isn't good, or has been used") }
      guard code.redirectURI == redirectURI else {
        throw Problem(
          "invalid_grant", "redirect_uri isn't the one that the code was asked for with")
      }
      guard isConfidential || code.challenge != nil else {
        throw Problem("invalid_client", "a client without a secret needs a code_challenge")
      }
      // Or a code that was taken from somebody could pass for one that was never protected.
      guard code.challenge != nil || verifier == nil else {
        throw Problem("invalid_grant", "the code was asked for without a code_challenge")
      }
      guard code.isProven(by: verifier) else {
        throw Problem("invalid_grant", "code_verifier doesn't fit the code_challenge")
      }
      return code.grant.user
    case .refresh(let text):
      guard let found = model.authorizations.take(refreshToken: text), found.client == client else {
        throw Problem("invalid_grant", "the refresh_token isn't good, or has been used")
      }
      return found.user
    }
  }
}
