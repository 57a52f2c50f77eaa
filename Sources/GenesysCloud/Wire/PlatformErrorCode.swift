/// The `code` of an error's body, as far as this package gives or explains it.
///
/// The platform's own list is open; the names and the messages here are those found in the
/// `x-inin-error-codes` of its API description and in `gildas/go-gcloudcx`, a client that is tested
/// against the real platform.
public enum PlatformErrorCode: String, Sendable, CaseIterable {
  /// 400: the body or the query can't be read at all.
  case badRequest = "bad.request"
  /// 400: a field's value is not one of those allowed.
  case invalidValue = "invalid.value"
  /// 400: a time is not in ISO 8601.
  case invalidDate = "invalid.date"
  /// 400: a required field is missing.
  case constraintValidation = "constraint.validation"
  /// 400: a query parameter's value is not one of those allowed.
  case invalidQueryParameter = "invalid.query.param.value"
  /// 401: there is no bearer token.
  case authenticationRequired = "authentication.required"
  /// 401: the token is not known.
  case badCredentials = "bad.credentials"
  /// 401: the token's lifetime is over.
  case credentialsExpired = "credentials.expired"
  /// 403: the token lacks permissions, which the message names.
  case missingPermissions = "missing.permissions"
  /// 404: there is no such resource.
  case notFound = "not.found"
  /// 405: the resource doesn't understand the method.
  case methodNotAllowed = "method.not.allowed"
  /// 409: the request contradicts how things stand.
  case conflict = "general.conflict"
  /// 413: the body is too large.
  case requestEntityTooLarge = "request.entity.too.large"
  /// 415: the body is of a type that the resource doesn't understand.
  case unsupportedMediaType = "unsupported.media.type"
  /// 429: too many requests in a window of time.
  case tooManyRequests = "too.many.requests"
  /// 500: the platform failed.
  case internalServerError = "internal.server.error"
  /// 503: the platform is overloaded or down.
  case serviceUnavailable = "service.unavailable"
  /// 504: the platform took too long.
  case requestTimeout = "request.timeout"

  /// The HTTP status that goes with the code.
  public var status: Int {
    switch self {
    case .badRequest, .invalidValue, .invalidDate, .constraintValidation, .invalidQueryParameter:
      400
    case .authenticationRequired, .badCredentials, .credentialsExpired: 401
    case .missingPermissions: 403
    case .notFound: 404
    case .methodNotAllowed: 405
    case .conflict: 409
    case .requestEntityTooLarge: 413
    case .unsupportedMediaType: 415
    case .tooManyRequests: 429
    case .internalServerError: 500
    case .serviceUnavailable: 503
    case .requestTimeout: 504
    }
  }
}
