/// Waits for nothing.
enum Forever {
  /// Returns only because the task is cancelled.
  static func hang<Nothing>() async throws -> Nothing {
    let (never, silence) = AsyncStream.makeStream(of: Void.self)
    for await _ in never {}
    silence.finish()
    throw CancellationError()
  }
}
