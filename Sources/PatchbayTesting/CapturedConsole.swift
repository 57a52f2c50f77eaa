public import PatchbayCore
import Synchronization

/// Keeps what is printed; for tests.
public final class CapturedConsole: Console {
  private let bytes = Mutex<[UInt8]>([])

  /// Makes an empty one.
  public init() {}

  /// Keeps bytes.
  public func write(_ bytes: [UInt8]) { self.bytes.withLock { $0 += bytes } }

  /// Keeps a line.
  public func say(_ line: String) { write(Array((line + "\n").utf8)) }

  /// Everything printed so far.
  public var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

  /// The lines printed so far.
  public var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
  }
}

/// Gives out prepared chunks as input; for tests.
public final class ScriptedInput: ByteInput {
  private let chunks: Mutex<[[UInt8]]>

  /// Makes an input of these chunks, one a read.
  public init(_ chunks: [[UInt8]] = []) {
    self.chunks = Mutex(chunks)
  }

  /// The next chunk; empty at the end.
  public func read(upTo count: Int) async throws -> [UInt8] {
    chunks.withLock { $0.isEmpty ? [] : $0.removeFirst() }
  }
}
