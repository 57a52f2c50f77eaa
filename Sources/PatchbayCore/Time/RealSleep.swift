/// Waits in real time; the one place that does.
func realSleep(nanoseconds: Int64) async throws {
  try Task.checkCancellation()
  guard nanoseconds > 0 else { return }
  try await ContinuousClock().sleep(for: .nanoseconds(nanoseconds))
}

extension Int64 {
  /// The nearest whole number, or the end of the range.
  init(saturating value: Double) {
    self = Int64(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
  }
}
