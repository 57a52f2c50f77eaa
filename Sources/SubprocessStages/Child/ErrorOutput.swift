import Logging
import PatchbayCore

/// Takes a program's standard error into the log, up to a limit, so that a flood doesn't fill it.
struct ErrorOutput {
  /// The most lines of one start of a program that are logged.
  static let mostLines = 1_000
  /// The longest line that is logged.
  static let longest = 4_096

  private let logger: Logger
  private var splitter = LineSplitter(longest: Self.longest)
  private var count = 0
  /// The last line that says something; it often tells why the program ended.
  private(set) var lastWords = ""

  init(to logger: Logger) { self.logger = logger }

  mutating func take(_ bytes: [UInt8]) {
    for line in splitter.lines(in: bytes) { log(line) }
  }

  mutating func finish() {
    if let line = splitter.finish() { log(line) }
    if count > Self.mostLines {
      logger.warning(
        "standard error had \(count) lines; those after the first \(Self.mostLines) were left out")
    }
  }

  private mutating func log(_ line: LineSplitter.Line) {
    count += 1
    let text =
      line.bytes.map { OutsideText.shown(Array($0), longest: Self.longest) }
      ?? "(a line of more than \(Self.longest) bytes)"
    if text.contains(where: { $0 != " " }) { lastWords = text }
    if count <= Self.mostLines { logger.warning("stderr: \(text)") }
  }
}
