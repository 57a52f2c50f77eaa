import Logging

/// Passes on what the server has to say if it matters: warnings and errors, unless they tell that
/// it was cancelled, which is how it is always stopped.
struct ServerLogHandler: LogHandler {
  private let target: Logger
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level

  init(target: Logger) {
    self.target = target
    logLevel = max(target.logLevel, .warning)
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    if Task.isCancelled { return }
    target.log(
      level: event.level, event.message,
      metadata: metadata.merging(event.metadata ?? [:]) { $1 }, source: event.source,
      file: event.file, function: event.function, line: event.line)
  }
}
