import PatchbayCore

/// A limit as a governor knows it.
public struct GovernedLimit: Sendable, Equatable {
  /// How it is known.
  public enum Origin: Sendable {
    /// The configuration says it.
    case stated
    /// Answers tell how their window stands.
    case answers
    /// It follows from how much went through until the target refused.
    case refusals
  }

  /// How many requests go through in a window.
  public var count: Int
  /// How long a window is; nil if only its end is told.
  public var length: Duration?
  /// How it is known.
  public var origin: Origin

  /// Makes a limit.
  public init(count: Int, length: Duration?, origin: Origin) {
    self.count = count
    self.length = length
    self.origin = origin
  }
}
