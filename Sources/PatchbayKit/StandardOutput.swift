public import PatchbayCore

/// The standard output of the program.
public final class StandardOutput: Console {
  private let stream = OutputStream(
    1, name: "standard output", lane: BlockingLane("patchbay.output"))

  /// Makes a console; calls of one don't mix with each other.
  public init() {}

  /// Prints bytes as they are.
  public func write(_ bytes: [UInt8]) async throws { try await stream.write(bytes) }

  /// Prints a line.
  public func say(_ line: String) async throws { try await write(Array((line + "\n").utf8)) }
}

/// The input of a run that was given none.
struct NoInput: ByteInput {
  func read(upTo count: Int) async throws -> [UInt8] {
    throw UnreadableInput(
      "the program handed in no input to read from; set RunEnvironment.input")
  }
}
