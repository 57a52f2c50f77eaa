/// Waits in real time; the one place that does.
func realSleep(nanoseconds: Int64) async throws {
  try Task.checkCancellation()
  guard nanoseconds > 0 else { return }
  if RealTime.stands {
    let (never, silence) = AsyncStream.makeStream(of: Never.self)
    for await _ in never {}
    silence.finish()
    throw CancellationError()
  }
  try await ContinuousClock().sleep(for: .nanoseconds(nanoseconds))
}

/// Real time, as far as waits in it are concerned.
package enum RealTime {
  /// Whether it stands still, so that no timer comes when it likes: for simulations.
  ///
  /// Who waits then does so until its task is cancelled.
  @TaskLocal package static var stands = false
}

extension Int64 {
  /// The nearest whole number, or the end of the range.
  init(saturating value: Double) {
    self = Int64(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
  }
}
