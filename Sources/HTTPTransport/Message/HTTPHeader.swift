/// One header field: a name, which is compared without regard to case, and its value.
public struct HTTPHeader: Sendable, Equatable {
  /// The name as it was written; `Content-Type` and `content-type` mean the same field.
  public var name: String

  /// The value without the white space around it.
  public var value: String

  /// Makes a field.
  ///
  /// Whether it may be sent is checked by ``HTTPClient/send(_:)``.
  ///
  /// - Parameters:
  ///   - name: The field's name, such as `Content-Type`.
  ///   - value: The field's value.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// Whether it may be sent: the name is a token, the value has no control characters.
  public var isWellFormed: Bool { HTTPSyntax.isToken(name) && HTTPSyntax.isFieldValue(value) }
}
