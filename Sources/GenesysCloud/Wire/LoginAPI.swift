/// Where clients of the platform get their tokens (OAuth 2.0, RFC 6749).
public enum LoginAPI {
  /// The path that a client's id and secret are posted to, on the platform's login host.
  public static let tokenPath = "/oauth/token"

  /// The path that a browser is led to, for a user to log in (RFC 6749 §4.1.1).
  public static let authorizePath = "/oauth/authorize"

  /// The only grant that needs no user: `client_credentials` (RFC 6749 §4.4).
  public static let grantType = "client_credentials"
}
