/// An input that can't be read; the run ends with exit code 66.
public struct UnreadableInput: Error, Sendable, CustomStringConvertible {
  /// What couldn't be read and why.
  public let description: String

  /// Makes an error from a sentence that names the input.
  public init(_ description: String) {
    self.description = description
  }
}
