import PatchbayCore
public import PatchbayJSON

/// What the token endpoint answers when it refuses (RFC 6749 §5.2).
///
/// The platform repeats the explanation: some of its clients read `description`, others
/// `error_description` (`AuthErrorResponse` in `MyPureCloud/platform-client-sdk-go`, which has both).
public struct TokenError: Sendable, Equatable {
  /// The kind of refusal, such as `invalid_client`.
  public var error: String
  /// The explanation in words; empty if there is none.
  public var explanation: String

  /// Makes a refusal.
  public init(_ error: String, _ explanation: String) {
    self.error = error
    self.explanation = explanation
  }

  /// Reads an answer's body; nil if it names no kind of refusal.
  public init?(parsing value: JSONValue) {
    guard let error = value["error"]?.string else { return nil }
    self.error = OutsideText.shown(error)
    explanation = OutsideText.shown(
      value["error_description"]?.string ?? value["description"]?.string ?? "")
  }

  /// The answer's body, with the explanation under both names.
  public var json: JSONValue {
    [
      "error": .string(error), "description": .string(explanation),
      "error_description": .string(explanation),
    ]
  }
}
