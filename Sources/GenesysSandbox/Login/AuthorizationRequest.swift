import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// A browser's wish to have somebody logged in (RFC 6749 §4.1.1, RFC 7636 §4.3).
struct AuthorizationRequest {
  /// Why it isn't granted.
  enum Problem: Error {
    /// Whoever asks is not to be told, since they may be anybody: 400, on a page.
    case untold(String)
    /// Whoever asks is told, at the address that they gave.
    case told(String, String)
  }

  let client: String
  let redirectURI: String
  let state: String?
  let challenge: String?

  /// Reads the parameters of a query or a form.
  ///
  /// - Parameters:
  ///   - options: whose client and origins count; an address that isn't of one of the origins is nobody's.
  init(_ fields: FormFields, _ options: SandboxOptions) throws(Problem) {
    func one(_ name: String) throws(Problem) -> String? {
      let values = fields[name]
      if values.count > 1 { throw .untold("the parameter \(name) is there more than once") }
      return values.first.flatMap { $0.isEmpty ? nil : $0 }
    }
    guard let client = try one("client_id"), client == options.clientID else {
      throw .untold("there is no client of this client_id; the sandbox's is \(options.clientID)")
    }
    guard let redirectURI = try one("redirect_uri") else {
      throw .untold("the parameter redirect_uri is missing")
    }
    let origin = Self.origin(of: redirectURI)
    guard let origin, options.origins.contains(where: { $0.lowercased() == origin }) else {
      throw .untold(
        "the redirect_uri isn't of an origin that the sandbox knows; name \(origin ?? "it") in the "
          + "option \"origins\"")
    }
    self.client = client
    self.redirectURI = redirectURI
    state = try one("state")
    challenge = try one("code_challenge")
    let method = try one("code_challenge_method")
    switch try one("response_type") {
    case "code": break
    case nil: throw .told("invalid_request", "the parameter response_type is missing")
    default: throw .told("unsupported_response_type", "response_type must be code")
    }
    if challenge != nil, method != "S256" {
      throw .told("invalid_request", "code_challenge_method must be S256")
    }
  }

  /// Scheme, host and port of an address; nil if it is none, or has a fragment (RFC 6749 §3.1.2).
  private static func origin(of address: String) -> String? {
    guard
      let scheme = ["http://", "https://"].first(where: { address.lowercased().hasPrefix($0) }),
      !address.contains("#"),
      address.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F })
    else { return nil }
    let host = address.dropFirst(scheme.count).prefix { !"/?".contains($0) }
    return host.isEmpty || host.contains("@") || host.contains("\\")
      ? nil : (scheme + host).lowercased()
  }

  /// The origin that the browser is sent back to.
  var origin: String { Self.origin(of: redirectURI) ?? "" }
}
