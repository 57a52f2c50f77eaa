/// What a reader accepts at most, so that a hostile text can't exhaust memory or the stack.
public struct JSONLimits: Sendable {
  /// The most bytes of a text.
  public var bytes: Int
  /// The deepest nesting of arrays and objects; 0 allows only scalars.
  public var depth: Int

  /// Makes limits; the defaults (16 MiB, 64 levels) suit configuration and single records.
  public init(bytes: Int = 16 << 20, depth: Int = 64) {
    self.bytes = bytes
    self.depth = depth
  }
}
