public import PatchbayCore

/// How often a request is tried, and how long the pauses are: a group of options for stages that
/// send.
///
/// ```swift
/// retry = options.group("retry", doc: "What happens after 429, 5xx and failed connections.")
/// ```
public struct RetryPolicy: OptionGroup {
  /// How often a request is sent at most, at least 1.
  public let attempts: Int
  /// The first pause; each is twice the one before, up to a day.
  public let base: Duration
  /// Whether a pause is drawn from zero up to its length ("full jitter").
  public let jitter: Bool
  /// The longest wait that a server may ask for by `Retry-After`; if it asks for more, the request
  /// is tried again after this time.
  public let longestWait: Duration

  /// The statuses that are tried again; nil for 429 and every 5xx.
  public let statuses: Set<Int>?

  /// Sends once; for looking at something without insisting.
  public static let once = RetryPolicy(attempts: 1, base: .zero)

  /// Makes a policy; what is below its least value counts as that.
  public init(
    attempts: Int = 4, base: Duration = .seconds(2), jitter: Bool = true,
    longestWait: Duration = .seconds(300), statuses: Set<Int>? = nil
  ) {
    self.statuses = statuses
    self.attempts = max(1, attempts)
    self.base = min(max(.zero, base), .seconds(86_400))
    self.jitter = jitter
    self.longestWait = max(.zero, longestWait)
  }

  /// Declares the options `attempts`, `base`, `jitter`, `longest_wait` and `statuses`.
  public init(from options: inout OptionReader) {
    self.init(from: &options, attempts: 4)
  }

  /// Declares the same options with another default for `attempts`.
  public init(from options: inout OptionReader, attempts: Int) {
    self.attempts = options.value(
      "attempts", default: attempts, .range(1...100), doc: "How often a request is sent at most.")
    base = options.value(
      "base", default: .seconds(2), .range(.zero ... .seconds(3_600)),
      doc: "The first pause between attempts; each is twice the one before.")
    jitter = options.value(
      "jitter", default: true,
      doc: "Whether a pause is drawn from zero up to its length, so that clients spread out.")
    longestWait = options.value(
      "longest_wait", default: .seconds(300), .range(.seconds(1) ... .seconds(86_400)),
      doc: "The longest wait that a server may ask for by `Retry-After`; after it, the request "
        + "is tried again all the same.")
    let statuses: [Int]? = options.optional(
      "statuses", .nonEmpty, .each(.range(400...599)),
      doc: "The statuses that are tried again; 429 and every 5xx if they are left out.")
    self.statuses = statuses.map { Set($0) }
  }

  /// Whether a response that counts as no success is worth another attempt.
  ///
  /// - Parameter status: the response's.
  public func retries(_ status: Int) -> Bool {
    statuses?.contains(status) ?? (status == 429 || (500...599).contains(status))
  }

  /// The pause after an attempt that the server didn't ask for one.
  ///
  /// - Parameters:
  ///   - attempt: the attempt's number, from 1.
  ///   - random: draws the jitter.
  public func pause(after attempt: Int, using random: inout KeyedRandom) -> Duration {
    let factor = 1 << (min(max(1, attempt), 21) - 1)
    let longest = min(base * factor, .seconds(86_400))
    return jitter ? longest * random.unit() : longest
  }
}
