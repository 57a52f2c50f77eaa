/// A write that must not be tried again: the target refuses it for good.
public struct DeliveryError: Error, Sendable, CustomStringConvertible {
  /// What was refused and why.
  public let description: String

  /// Makes an error from a sentence.
  public init(rejected description: String) {
    self.description = description
  }
}
