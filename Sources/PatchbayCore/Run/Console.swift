/// A place to print lines to.
public protocol Console: Sendable {
  /// Prints bytes as they are; calls don't mix with each other.
  func write(_ bytes: [UInt8])

  /// Prints a line for people. It goes where it doesn't get between records that a program reads.
  func say(_ line: String)
}

/// A stream of bytes to read from.
public protocol ByteInput: Sendable {
  /// The next bytes, at most `count` of them; empty at the end.
  ///
  /// - Throws: `UnreadableInput` if reading fails, `CancellationError` when the task is cancelled.
  func read(upTo count: Int) async throws -> [UInt8]
}
