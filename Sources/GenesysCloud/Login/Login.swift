import HTTPDelivery
import HTTPTransport
import PatchbayJSON

/// The request that gets a token by a client's id and secret, and what its answers mean.
struct Login: Sendable {
  /// The request.
  let request: HTTPRequest

  /// Makes the request for a login host such as `https://login.mypurecloud.de`.
  init(host: String, credentials: BasicCredentials, timeout: Duration) {
    request = HTTPRequest(
      method: "POST", url: host + LoginAPI.tokenPath,
      headers: [
        "Authorization": credentials.headerValue,
        "Content-Type": "application/x-www-form-urlencoded",
      ],
      body: Array("grant_type=\(LoginAPI.grantType)".utf8), timeout: timeout)
  }

  /// Reads the token out of the answer.
  ///
  /// - Throws: `LoginRefusal`, or `CancellationError`.
  static func read(_ exchange: Exchange) throws -> TokenResponse {
    // What it was refused for then would have been asked again.
    if exchange.wasCutShort { throw CancellationError() }
    switch exchange.ending {
    case .success(let response):
      if let value = try? JSONValue(parsing: response.body),
        let token = TokenResponse(parsing: value)
      {
        return token
      }
      throw LoginRefusal.noToken
    case .refusal(let response):
      let value = try? JSONValue(parsing: response.body)
      throw LoginRefusal.refused(
        status: response.status, value.flatMap { TokenError(parsing: $0) })
    case .noAnswer(let error): throw LoginRefusal.noAnswer(error)
    case .unsent(let reason): throw LoginRefusal.unsent(reason)
    case .cancelled: throw CancellationError()
    }
  }
}

/// A login that was refused for good; asking again would not help.
enum LoginRefusal: Error, CustomStringConvertible {
  /// The login host refused it.
  case refused(status: Int, TokenError?)
  /// The login host answered 200 with something else.
  case noToken
  /// The login host didn't answer.
  case noAnswer(HTTPError)
  /// There was nothing to send.
  case unsent(String)

  /// What happened, with cause and cure where a status has them.
  var description: String {
    switch self {
    case .refused(let status, let error):
      let words = error.map { " (\($0.error): \($0.explanation))" } ?? ""
      let helpStatus = (400...401).contains(status) ? 401 : status
      let help = ErrorHelp.text(forStatus: helpStatus).map { "\n\($0)" } ?? ""
      return "the login was refused with HTTP \(status)\(words)\(help)"
    case .noToken: return "the login answered 200 without a token"
    case .noAnswer(let error): return "the login gave no answer: \(error)"
    case .unsent(let reason): return reason
    }
  }
}
