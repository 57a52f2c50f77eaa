/// What became of an event, filled in as it travels.
public struct Outcome: Sendable, BitwiseCopyable {
  /// The verdict so far.
  public enum Kind: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    /// Nobody has judged it.
    case undecided
    /// The target took it.
    case accepted
    /// A source or validator turned it away before it was sent.
    case rejected
    /// The target refused it for good, or after all retries.
    case failed
    /// At least one attempt went unanswered and none was accepted later: it may have had its effect.
    case unknown

    /// The wire name.
    public var name: String { String(describing: self) }
  }

  /// The verdict.
  public var kind = Kind.undecided
  /// The last HTTP status, 0 without an answer.
  public var status: UInt16 = 0
  /// How often it was sent.
  public var attempts: UInt16 = 0
  /// A short code for `reason`, such as `agent_id.not_uuid`; missing without one.
  public var code = Symbol.missing
  /// Why it wasn't accepted, as a sentence, in the batch's arena.
  public var reason = TextReference.empty
  /// Where the time went; all zero unless `attempts` is above zero.
  public var timings = InjectionTimings()
  /// Where its batch keeps the times of each attempt.
  package var attemptLog = AttemptLog()

  /// Makes an outcome that nobody has judged.
  public init() {}

  /// Makes an outcome of a kind; reasons are added by `EventBatch.judge`.
  public init(_ kind: Kind, status: UInt16 = 0, attempts: UInt16 = 0) {
    self.kind = kind
    self.status = status
    self.attempts = attempts
  }
}

/// Where the times of an event's attempts lie in its batch.
package struct AttemptLog: Sendable, BitwiseCopyable {
  package var offset: UInt32 = 0
  package var count: UInt16 = 0

  package init() {}

  package var range: Range<Int> { Int(offset)..<Int(offset) + Int(count) }
}
