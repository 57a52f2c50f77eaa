import PatchbayCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output and standard error, with a progress line that doesn't get into their way.
final class Terminal: Console {
  private let progress = Mutex("")
  private let showsProgress: Bool
  private let peopleDescriptor: Int32

  /// - Parameter keepsOutputForRecords: whether standard output is for programs alone; what is for
  ///   people then goes to standard error.
  init(keepsOutputForRecords: Bool = false) {
    peopleDescriptor = keepsOutputForRecords ? STDERR_FILENO : STDOUT_FILENO
    showsProgress = isatty(STDERR_FILENO) == 1 && getenv("TERM").map { strcmp($0, "dumb") } != 0
  }

  /// Whether messages go to somebody's eyes rather than to a file or a program.
  static var showsExcerpts: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether somebody is there to be asked.
  static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// Whether they may be coloured; see <https://no-color.org>.
  static var showsColors: Bool {
    showsExcerpts && getenv("TERM").map { strcmp($0, "dumb") } != 0
      && getenv("NO_COLOR").map { strlen($0) == 0 } ?? true
  }

  /// Whether somebody sees the progress line.
  var isInteractive: Bool { showsProgress }

  func write(_ bytes: [UInt8]) { put(bytes, to: STDOUT_FILENO) }

  func say(_ line: String) { put(Array((line + "\n").utf8), to: peopleDescriptor) }

  /// Prints between two states of the progress line.
  private func put(_ bytes: [UInt8], to descriptor: Int32) {
    progress.withLock { line in
      if !line.isEmpty { Self.put("\r\u{1B}[K", to: STDERR_FILENO) }
      Self.put(bytes, to: descriptor)
      if !line.isEmpty { Self.put(line, to: STDERR_FILENO) }
    }
  }

  /// Shows a line in place of the last one; empty takes it away.
  func show(_ text: String) {
    guard showsProgress else { return }
    progress.withLock { line in
      Self.put("\r\u{1B}[K" + text, to: STDERR_FILENO)
      line = text
    }
  }

  static func printError(_ line: String) {
    put(line + "\n", to: STDERR_FILENO)
  }

  private static func put(_ text: String, to descriptor: Int32) {
    put(Array(text.utf8), to: descriptor)
  }

  private static func put(_ bytes: [UInt8], to descriptor: Int32) {
    DescriptorWriter.put(bytes, to: descriptor)
  }
}
