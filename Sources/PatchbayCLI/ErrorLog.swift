import ArgumentParser
import Logging
import PatchbayCore
import PatchbayJSON
import Synchronization

/// The log of the program, on standard error: a line each, such as
/// `2026-11-29T09:30:00Z warning audit: ...`.
///
/// Lines are written on a thread of their own. Where nobody reads standard error, the log waits for
/// nobody: of what piles up, the later lines are left out and counted.
struct ErrorLog: LogHandler {
  /// How lines are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    /// `2026-11-29T09:30:00Z warning audit: ...`
    case text
    /// A JSON object a line: `time`, `level`, `stage`, `run`, `message` and whatever else is known.
    case json
  }

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
  private let format: Format

  /// - Parameters:
  ///   - level: the least level that is written.
  ///   - format: how lines are written.
  init(_ output: Output, level: Logger.Level, format: Format = .text) {
    self.output = output
    self.format = format
    logLevel = level
  }

  /// A logger that writes to standard error.
  ///
  /// - Parameters:
  ///   - level: the least level that is written.
  ///   - format: how lines are written.
  static func logger(level: Logger.Level = .warning, format: Format = .text) -> Logger {
    let output = Output()
    return Logger(label: "patchbay") { _ in ErrorLog(output, level: level, format: format) }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var all = metadata.merging(event.metadata ?? [:]) { $1 }
    if format == .json { return write(event, all) }
    // There is one run a log.
    all["run"] = nil
    let stage = all.removeValue(forKey: "stage").map { "\($0): " } ?? ""
    let rest = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let time = RealClock().now.description.prefix(19)
    output.write("\(time)Z \(event.level) \(stage)\(event.message)\(rest)")
  }

  private func write(_ event: LogEvent, _ metadata: Logger.Metadata) {
    var metadata = metadata
    var members: [JSONValue.Member] = [
      .init("time", .string(RealClock().now.description)),
      .init("level", .string(event.level.rawValue)),
    ]
    for name in ["run", "stage"] {
      guard let value = metadata.removeValue(forKey: name) else { continue }
      members.append(.init(name, .string("\(value)")))
    }
    members.append(.init("message", .string("\(event.message)")))
    for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
      members.append(.init(name, .string("\(value)")))
    }
    output.write(JSONValue.object(members).text())
  }
}
