import ContactModel
import HTTPTypes
import PatchbayCore
import PatchbayJSON

/// A request on its way to an operation: found, and its caller known.
struct Call {
  /// How deep a body may nest.
  private static let jsonDepth = 32

  let request: IncomingRequest
  /// The values of the path's named segments.
  let parameters: [String: String]
  /// Who calls; nil where no token is asked for.
  let caller: Caller?
  /// The sandbox's present.
  let now: Timestamp
  /// The id that the answer names the request by.
  let contextID: String
  /// The largest body that is read.
  let bodyLimit: ByteCount

  /// The query's fields.
  ///
  /// - Throws: 400 if they can't be decoded.
  func query() throws(Refusal) -> FormFields {
    guard let query = FormFields(parsing: request.target.query.utf8) else {
      throw .badRequest("the query can't be decoded")
    }
    return query
  }

  /// The body as a form.
  ///
  /// - Throws: 415, 413 or 400.
  func form() throws(Refusal) -> FormFields {
    guard request.mediaType == FormFields.mediaType else {
      throw .unsupportedMediaType(expected: FormFields.mediaType)
    }
    guard let form = FormFields(parsing: try bytes()) else {
      throw .badRequest("the form can't be decoded")
    }
    return form
  }

  /// The body as JSON.
  ///
  /// - Parameter limit: the longest that is taken, if that is less than what the sandbox takes at all.
  /// - Throws: 415, 413 or 400.
  func json(upTo limit: ByteCount? = nil) throws(Refusal) -> JSONValue {
    let bytes = try jsonBytes()
    if let limit, bytes.count > limit.bytes { throw .tooLarge(limit: limit) }
    do throws(JSONSyntaxError) {
      let limits = JSONLimits(bytes: bodyLimit.bytes, depth: Self.jsonDepth)
      return try JSONValue(parsing: bytes, limits: limits)
    } catch {
      throw .badRequest(error.description)
    }
  }

  /// The bytes of a body that says it is JSON.
  ///
  /// - Throws: 415 or 413.
  func jsonBytes() throws(Refusal) -> [UInt8] {
    let expected = "application/json"
    guard request.mediaType == expected else { throw .unsupportedMediaType(expected: expected) }
    return try bytes()
  }

  /// The body as JSON, where none counts as `null`, as the platform's clients send it.
  func optionalJSON() throws(Refusal) -> JSONValue {
    try bytes().isEmpty ? .null : json()
  }

  /// The body.
  ///
  /// - Throws: 413.
  func bytes() throws(Refusal) -> [UInt8] {
    switch request.body {
    case .bytes(let bytes): return bytes
    case .tooLarge: throw .tooLarge(limit: bodyLimit)
    }
  }

  /// The user whose token it is.
  ///
  /// - Throws: 400 if it is a client's own, as on the platform: client credentials have no user behind
  ///   them.
  func user() throws(Refusal) -> UUIDBits {
    guard let user = caller?.user else {
      throw .badRequest("this request requires a user context; client credentials have none")
    }
    return user
  }

  /// An id in the path.
  ///
  /// - Throws: 404 if it is no UUID: nothing has such an id.
  func id(_ parameter: String) throws(Refusal) -> UUIDBits {
    guard let id = parameters[parameter].flatMap({ UUIDBits(anyCase: $0) }) else {
      throw .notFound
    }
    return id
  }
}

/// Who made a request: a client, or a user who is logged in through one.
struct Caller: Sendable, Equatable {
  /// The token that was sent.
  var token: String
  /// The OAuth client.
  var client: String
  /// The user, unless the client acts for itself.
  var user: UUIDBits?
}
