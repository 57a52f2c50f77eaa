import Logging
import PatchbayCore
import Synchronization

/// The log of the program, on standard error: a line each, such as
/// `2026-11-29T09:30:00Z warning audit: ...`.
///
/// Lines are written on a thread of their own. Where nobody reads standard error, the log waits for
/// nobody: of what piles up, the later lines are left out and counted.
struct ErrorLog: LogHandler {
  /// What all loggers of the program share.
  final class Output: Sendable {
    /// The most lines that may wait to be written.
    private static let most = 1_000

    private let lane = BlockingLane("patchbay.log")
    private let waiting = Mutex((lines: 0, leftOut: 0))

    /// Writes a line, when its turn comes.
    func write(_ line: String) {
      let leftOut = waiting.withLock { waiting -> Int? in
        if waiting.lines >= Self.most {
          waiting.leftOut += 1
          return nil
        }
        waiting.lines += 1
        defer { waiting.leftOut = 0 }
        return waiting.leftOut
      }
      guard let leftOut else { return }
      lane.begin { [self] in
        if leftOut > 0 { Terminal.printError("(\(leftOut) lines of the log were left out)") }
        Terminal.printError(line)
        waiting.withLock { $0.lines -= 1 }
      }
    }
  }

  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level
  private let output: Output

  /// - Parameter level: the least level that is written.
  init(_ output: Output, level: Logger.Level) {
    self.output = output
    logLevel = level
  }

  /// A logger that writes to standard error.
  ///
  /// - Parameter level: the least level that is written.
  static func logger(level: Logger.Level = .warning) -> Logger {
    let output = Output()
    return Logger(label: "patchbay") { _ in ErrorLog(output, level: level) }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var all = metadata.merging(event.metadata ?? [:]) { $1 }
    let stage = all.removeValue(forKey: "stage").map { "\($0): " } ?? ""
    let rest = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let time = RealClock().now.description.prefix(19)
    output.write("\(time)Z \(event.level) \(stage)\(event.message)\(rest)")
  }
}
