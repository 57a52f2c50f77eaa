/// The body of an answer that refuses a request: the platform's `ErrorBody`.
///
/// Members as in `models/error_body.py` of the official Python client, `purecloudplatformclientv2`
/// 269.0.0.
public struct PlatformError: Sendable, Equatable {
  /// One thing that is wrong with the request.
  public struct Detail: Sendable, Equatable {
    /// What is wrong, such as `invalid.value`.
    public var errorCode: String?
    /// The field that is wrong, such as `[3].state`.
    public var fieldName: String?
    /// The id of the thing that is concerned.
    public var entityID: String?
    /// The name of the thing that is concerned.
    public var entityName: String?

    /// Makes a detail.
    public init(
      errorCode: String? = nil, fieldName: String? = nil, entityID: String? = nil,
      entityName: String? = nil
    ) {
      self.errorCode = errorCode
      self.fieldName = fieldName
      self.entityID = entityID
      self.entityName = entityName
    }
  }

  /// The limit that was passed.
  public struct Limit: Sendable, Equatable {
    /// Which limit, such as `client.credentials.token.rate.per.minute`.
    public var key: String?
    /// The family it belongs to, such as `platform.api`.
    public var namespace: String?
    /// Its value.
    public var value: Int?

    /// Makes a limit.
    public init(key: String? = nil, namespace: String? = nil, value: Int? = nil) {
      self.key = key
      self.namespace = namespace
      self.value = value
    }
  }

  /// One value that a message was made with.
  public struct Parameter: Sendable, Equatable {
    /// The name it has in `messageWithParams`.
    public var name: String
    /// Its value.
    public var value: String

    /// Makes a parameter.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What is wrong, for people; empty if the body doesn't say.
  public var message: String
  /// What is wrong, for programs; empty if the body doesn't say.
  ///
  /// A `PlatformErrorCode` where it is known.
  public var code: String
  /// The HTTP status, repeated; nil if the body doesn't say.
  public var status: Int?
  /// The id of the thing that is concerned.
  public var entityID: String?
  /// The name of the thing that is concerned.
  public var entityName: String?
  /// The message with `{name}` where values stand.
  public var messageWithParams: String?
  /// The values.
  public var messageParams: [Parameter]
  /// The correlation id, also in the header `PlatformHeader.correlationID`.
  public var contextID: String?
  /// The single things that are wrong.
  public var details: [Detail]
  /// The errors behind this one.
  public var errors: [PlatformError]
  /// The limit that was passed.
  public var limit: Limit?

  /// Makes an error; what else it holds is set afterwards.
  public init(
    _ code: String, status: Int?, _ message: String, contextID: String? = nil,
    details: [Detail] = [], limit: Limit? = nil
  ) {
    self.message = message
    self.code = code
    self.status = status
    messageParams = []
    self.contextID = contextID
    self.details = details
    errors = []
    self.limit = limit
  }

  /// Makes an error with the status that goes with its code.
  public init(
    _ code: PlatformErrorCode, _ message: String, contextID: String? = nil,
    details: [Detail] = [], limit: Limit? = nil
  ) {
    self.init(
      code.rawValue, status: code.status, message, contextID: contextID, details: details,
      limit: limit)
  }
}
