import PatchbayCore
import Synchronization

/// Keeps what a run prints.
final class TestConsole: Console {
  private let bytes = Mutex<[UInt8]>([])

  func write(_ bytes: [UInt8]) { self.bytes.withLock { $0 += bytes } }
  func say(_ line: String) { write(Array((line + "\n").utf8)) }

  /// The lines, without their ends.
  var lines: [String] {
    String(decoding: bytes.withLock { $0 }, as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }
}

/// Gives out the lines that a test puts in for standard input.
final class TestInput: ByteInput {
  private let bytes: Mutex<[UInt8]>

  init(lines: [String]) {
    bytes = Mutex(Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  func read(upTo count: Int) async throws -> [UInt8] {
    bytes.withLock { bytes in
      defer { bytes.removeFirst(min(count, bytes.count)) }
      return Array(bytes.prefix(count))
    }
  }
}
