import GenesysCloud
import HTTPTypes
import PatchbayCore

/// The refusals, with the platform's messages where they are known (see `PlatformErrorCode`) and
/// words of our own elsewhere.
extension Refusal {
  static func badRequest(_ explanation: String, upTo length: Int = 256) -> Refusal {
    Refusal(
      PlatformError(
        .badRequest,
        "The request could not be understood by the server due to malformed syntax: "
          + "\(explanation.shortened(to: length))."
      ))
  }

  static func invalidQuery(_ name: String, _ value: String, allowed: String) -> Refusal {
    Refusal(
      PlatformError(
        .invalidQueryParameter,
        "Value [\(value.shortened(to: 64))] is not valid for query parameter [\(name)]. "
          + "Allowable values are: \(allowed)",
        details: [
          .init(errorCode: PlatformErrorCode.invalidQueryParameter.rawValue, fieldName: name)
        ]))
  }

  static var authenticationRequired: Refusal {
    Refusal(
      PlatformError(
        .authenticationRequired,
        "No authentication bearer token specified in authorization header."),
      fields: [("WWW-Authenticate", "Bearer")])
  }

  static var badCredentials: Refusal {
    Refusal(
      PlatformError(.badCredentials, "Invalid login credentials."),
      fields: [("WWW-Authenticate", #"Bearer error="invalid_token""#)])
  }

  static var credentialsExpired: Refusal {
    Refusal(
      PlatformError(
        .credentialsExpired, "The supplied credentials are expired and cannot be used."),
      fields: [("WWW-Authenticate", #"Bearer error="invalid_token""#)])
  }

  static func missingPermissions(_ permission: String) -> Refusal {
    Refusal(
      PlatformError(
        .missingPermissions,
        "Unable to perform the requested action. You are missing the following permission(s): "
          + permission))
  }

  static var notFound: Refusal {
    Refusal(PlatformError(.notFound, "The requested resource was not found."))
  }

  /// 404, with what there isn't.
  static func missing(_ what: String) -> Refusal {
    Refusal(
      PlatformError(.notFound, "The requested resource was not found: \(what.shortened(to: 256))."))
  }

  static func methodNotAllowed(_ method: HTTPRequest.Method, allowed: [HTTPRequest.Method]) -> Self
  {
    Refusal(
      PlatformError(
        .methodNotAllowed, "The method [\(method.rawValue)] is not allowed for this resource."),
      fields: allowed.isEmpty
        ? [] : [("Allow", allowed.map(\.rawValue).joined(separator: ", "))])
  }

  /// 501: the platform has it, and the sandbox doesn't; its code is none of the platform's.
  static func lacking(_ method: HTTPRequest.Method, _ path: String) -> Refusal {
    Refusal(
      PlatformError(
        "sandbox.lacks", status: 501,
        "the sandbox has no \(method.rawValue) \(path.shortened(to: 256)); "
          + "GET /sandbox/openapi.json says what it has"))
  }

  /// 400: a parameter that would change the answer, or that nobody knows.
  static func unknownQuery(_ name: String, known: [String]) -> Refusal {
    let rest =
      known.isEmpty ? "takes none" : "takes \(known.joined(separator: ", "))"
    return Refusal(
      PlatformError(
        .invalidQueryParameter,
        "the sandbox doesn't know the query parameter [\(name.shortened(to: 64))] here, and \(rest)",
        details: [
          .init(
            errorCode: PlatformErrorCode.invalidQueryParameter.rawValue,
            fieldName: name.shortened(to: 64))
        ]))
  }

  static func tooLarge(limit: ByteCount) -> Refusal {
    Refusal(
      PlatformError(
        .requestEntityTooLarge,
        "The request body is larger than the maximum of [\(limit.bytes)] bytes.",
        limit: .init(key: "request.bytes.max", namespace: "platform.api", value: limit.bytes)))
  }

  static func unsupportedMediaType(expected: String) -> Refusal {
    Refusal(
      PlatformError(
        .unsupportedMediaType,
        "The media type of the request body is not supported; send [\(expected)]."))
  }

  static func tooManyRequests(seconds: Int, limit: Rate?) -> Refusal {
    Refusal(
      PlatformError(
        .tooManyRequests,
        "Rate limit exceeded the maximum. Retry the request in [\(seconds)] seconds",
        limit: limit.map {
          .init(
            key: "client.credentials.token.rate.per.\($0.period)", namespace: "platform.api",
            value: $0.count)
        }),
      fields: [(PlatformHeader.retryAfter, String(seconds))])
  }

  static var internalServerError: Refusal {
    Refusal(
      PlatformError(
        .internalServerError,
        "The server encountered an unexpected condition which prevented it from fulfilling the "
          + "request."))
  }

  static func conflict(_ explanation: String) -> Refusal {
    Refusal(PlatformError(.conflict, "The request can't be granted: \(explanation)."))
  }

  static var gatewayTimeout: Refusal {
    Refusal(PlatformError(.requestTimeout, "The request timed out."))
  }

  static func unavailable(retryAfter seconds: Int?) -> Refusal {
    Refusal(
      PlatformError(
        .serviceUnavailable,
        "The server is currently unavailable (because it is overloaded or down for maintenance)."),
      fields: seconds.map { [(PlatformHeader.retryAfter, String($0))] } ?? [])
  }
}

extension String {
  /// The text, cut so that an answer doesn't grow with what was sent.
  func shortened(to limit: Int) -> String {
    unicodeScalars.count > limit
      ? String(String.UnicodeScalarView(unicodeScalars.prefix(limit))) + "..." : self
  }
}
