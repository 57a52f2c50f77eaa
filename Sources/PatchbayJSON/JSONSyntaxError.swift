/// A text that is not JSON, or goes past a limit: where, what was expected and what was found.
public struct JSONSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where the reader stopped.
  public let position: JSONPosition
  /// What is wrong, in one sentence without a full stop.
  public let message: String

  /// Makes an error at a position.
  public init(at position: JSONPosition, _ message: String) {
    self.position = position
    self.message = message
  }

  /// `line:column: message`.
  public var description: String { "\(position): \(message)" }
}
