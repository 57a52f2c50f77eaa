package import Logging
import Synchronization

/// Keeps what is logged.
package final class LogRecord: Sendable {
  private let kept = Mutex<[(level: Logger.Level, message: String)]>([])

  package init() {}

  /// What was logged, each line with its level.
  package var lines: [String] { kept.withLock { $0.map { "\($0.level): \($0.message)" } } }

  /// The same without the levels.
  package var messages: [String] { kept.withLock { $0.map(\.message) } }

  package var logger: Logger { Logger(label: "test") { _ in Handler(record: self) } }

  private struct Handler: LogHandler {
    let record: LogRecord
    var logLevel = Logger.Level.warning
    var metadata: Logger.Metadata = [:]

    init(record: LogRecord) { self.record = record }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      record.kept.withLock { $0.append((event.level, "\(event.message)")) }
    }
  }
}
