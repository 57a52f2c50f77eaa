import PatchbayCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output and standard error, with a progress line that doesn't get into their way.
///
/// Everything is written on threads of its own: whoever reads slowly, or not at all, holds up whoever
/// waits for it and nobody else.
final class Terminal: Console {
  private let output: OutputStream
  private let errors: OutputStream
  private let errorLane: BlockingLane
  private let keepsOutputForRecords: Bool
  private let showsProgress: Bool
  private let progress = Mutex("")
  private let whenClosed: @Sendable () -> Void

  /// - Parameters:
  ///   - keepsOutputForRecords: whether standard output is for programs alone; what is for people then
  ///     goes to standard error.
  ///   - whenClosed: is called when whoever read standard output has gone away.
  init(
    keepsOutputForRecords: Bool = false, whenClosed: @escaping @Sendable () -> Void = {}
  ) {
    self.keepsOutputForRecords = keepsOutputForRecords
    self.whenClosed = whenClosed
    showsProgress = isatty(STDERR_FILENO) == 1 && getenv("TERM").map { strcmp($0, "dumb") } != 0
    errorLane = BlockingLane("patchbay.errors")
    // On one screen they take turns; a file or a pipe waits for nobody.
    let sharesScreen = showsProgress && isatty(STDOUT_FILENO) == 1
    output = OutputStream(
      STDOUT_FILENO, name: "standard output",
      lane: sharesScreen ? errorLane : BlockingLane("patchbay.output"))
    errors = OutputStream(STDERR_FILENO, name: "standard error", lane: errorLane)
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

  /// How many columns whoever sees the progress line has; nil if the terminal doesn't say.
  var width: Int? {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  func write(_ bytes: [UInt8]) async throws {
    do {
      try await betweenProgress { try await output.write(bytes) }
    } catch let error as OutputStream.Failure {
      if error.isBrokenPipe { whenClosed() }
      throw error
    }
  }

  func say(_ line: String) async throws {
    let line = line.safeForTerminal
    if keepsOutputForRecords {
      try await betweenProgress { try await errors.write(Array((line + "\n").utf8)) }
    } else {
      try await write(Array((line + "\n").utf8))
    }
  }

  /// Prints a line to standard error, if that takes it.
  func warn(_ line: String) async {
    let line = line.safeForTerminal
    try? await betweenProgress { try await errors.write(Array((line + "\n").utf8)) }
  }

  /// Shows a line in place of the last one; empty takes it away.
  func show(_ text: String) async {
    guard showsProgress else { return }
    let text = text.safeForTerminal
    progress.withLock { $0 = text }
    try? await errors.write(Array(("\r\u{1B}[K" + text).utf8))
  }

  /// Prints between two states of the progress line.
  private func betweenProgress(_ body: () async throws -> Void) async throws {
    let line = progress.withLock { $0 }
    if !line.isEmpty { try? await errors.write(Array("\r\u{1B}[K".utf8)) }
    try await body()
    let next = progress.withLock { $0 }
    if !next.isEmpty { try? await errors.write(Array(next.utf8)) }
  }

  /// Prints a line to standard output at once, if that takes it; for what another program waits for.
  static func printNow(_ line: String) {
    let stream = OutputStream(
      STDOUT_FILENO, name: "standard output", lane: BlockingLane("patchbay.output"))
    try? stream.writeNow(Array((line.safeForTerminal + "\n").utf8))
  }

  /// Prints a line to standard error at once; for what is said before or after a run.
  ///
  /// - Parameters:
  ///   - line: the line.
  ///   - isStyled: whether it has colours of the program's own.
  static func printError(_ line: String, isStyled: Bool = false) {
    let stream = OutputStream(
      STDERR_FILENO, name: "standard error", lane: BlockingLane("patchbay.errors"))
    try? stream.writeNow(Array((line.safeForTerminal(keepingColours: isStyled) + "\n").utf8))
  }
}
