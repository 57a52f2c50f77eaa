import PatchbayCore
import Synchronization

/// Keeps what is printed; for tests.
package final class CapturedConsole: Console {
  private let bytes = Mutex<[UInt8]>([])

  package init() {}

  package func write(_ bytes: [UInt8]) { self.bytes.withLock { $0 += bytes } }

  package func say(_ line: String) { write(Array((line + "\n").utf8)) }

  /// Everything printed so far.
  package var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

  /// The lines printed so far.
  package var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
  }
}

/// Gives out prepared chunks as input; for tests.
package final class ScriptedInput: ByteInput {
  private let chunks: Mutex<[[UInt8]]>

  /// Makes an input of these chunks, one a read.
  package init(_ chunks: [[UInt8]] = []) {
    self.chunks = Mutex(chunks)
  }

  package func read(upTo count: Int) async throws -> [UInt8] {
    chunks.withLock { $0.isEmpty ? [] : $0.removeFirst() }
  }
}
