package import PatchbayCore

/// How often a request is tried, and how long the pauses are.
package struct RetryPolicy: OptionGroup {
  /// How often a request is sent at most.
  package let attempts: Int
  /// The first pause; each is twice the one before.
  package let base: Duration
  /// Whether a pause is drawn from zero up to its length ("full jitter").
  package let jitter: Bool

  /// Sends once; for looking at something without insisting.
  package static let once = RetryPolicy(attempts: 1, base: .zero, jitter: false)

  private init(attempts: Int, base: Duration, jitter: Bool) {
    self.attempts = attempts
    self.base = base
    self.jitter = jitter
  }

  package init(from options: inout OptionReader) {
    self.init(from: &options, attempts: 4)
  }

  /// Declares the same options with another default for `attempts`.
  package init(from options: inout OptionReader, attempts: Int) {
    self.attempts = options.value(
      "attempts", default: attempts, .range(1...100), doc: "How often a request is sent at most.")
    base = options.value(
      "base", default: .seconds(2), .range(.zero ... .seconds(3_600)),
      doc: "The first pause between attempts; each is twice the one before.")
    jitter = options.value(
      "jitter", default: true,
      doc: "Whether a pause is drawn from zero up to its length, so that clients spread out.")
  }

  /// The pause after an attempt that the server didn't ask for one.
  ///
  /// - Parameters:
  ///   - attempt: the attempt's number, from 1.
  ///   - random: draws the jitter.
  package func pause(after attempt: Int, using random: inout KeyedRandom) -> Duration {
    let factor = 1 << min(attempt - 1, 20)
    let longest = min(base * factor, .seconds(86_400))
    return jitter ? longest * random.unit() : longest
  }
}
