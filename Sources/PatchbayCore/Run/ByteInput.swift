/// A stream of bytes to read from.
public protocol ByteInput: Sendable {
  /// The next bytes, at most `count` of them; empty at the end.
  ///
  /// - Throws: `UnreadableInput` if reading fails, `CancellationError` when the task is cancelled.
  func read(upTo count: Int) async throws -> [UInt8]
}
