/// A place to print to.
public protocol Console: Sendable {
  /// Prints bytes as they are; calls don't mix with each other.
  ///
  /// - Throws: whatever keeps them from being printed, such as a reader that has gone away;
  ///   `CancellationError` as soon as the task is cancelled. A part may have been printed, so that
  ///   trying again is wrong.
  func write(_ bytes: [UInt8]) async throws

  /// Prints a line for people. It goes where it doesn't get between records that a program reads.
  ///
  /// - Throws: like `write(_:)`.
  func say(_ line: String) async throws
}
