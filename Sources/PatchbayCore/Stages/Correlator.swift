/// What a correlator wants done with an event.
public enum Observation: Sendable, Equatable {
  /// It goes on.
  case pass
  /// It goes on, marked with what was found about it: sinks read `Event.findings`, and of a mismatch the
  /// state before by `EventBatch.forbiddenOrigin(of:)`.
  case found(EventFindings, from: String? = nil)
  /// It ends here, delivered.
  case absorb
  /// It stays until the correlator releases this key.
  case hold(HoldKey)
}

/// Names events that a correlator holds; the correlator chooses the numbers.
public struct HoldKey: Sendable, Hashable {
  /// The number.
  public let number: UInt64

  /// Makes a key.
  public init(_ number: UInt64) { self.number = number }
}

/// What becomes of the events held under a key.
public struct Release: Sendable, Equatable {
  /// The key that `hold` named.
  public let key: HoldKey
  /// Whether they go on (true) or end here as delivered (false).
  public let passes: Bool

  /// Makes a release.
  public init(_ key: HoldKey, passes: Bool = true) {
    self.key = key
    self.passes = passes
  }
}

/// Relates events to each other; a value owned by one task.
public protocol Correlator: Stage {
  /// Takes note of one event. Called in order; must not block.
  ///
  /// - Parameters:
  ///   - event: the event.
  ///   - batch: the batch that it belongs to, which has its texts.
  ///   - outcome: what became of the event so far; undecided if it was never injected.
  ///   - now: the time on the run's clock.
  mutating func observe(
    _ event: Event, _ outcome: Outcome, of batch: EventBatch, at now: Timestamp
  ) -> Observation

  /// Takes note of a batch by `EventBatch.apply`. The default asks for each event; write your own only
  /// if a measurement says so.
  mutating func observe(_ batch: inout EventBatch, at now: Timestamp)

  /// The most events that it holds at once, so that nothing grows without bound: it releases some
  /// before it holds more. What it holds beyond that goes on, and the run fails in its name.
  var mostHeld: Int { get }

  /// When `advance(to:)` has to be called next, or nil while nothing waits for a time. A correlator
  /// that holds events must have one.
  var deadline: Timestamp? { get }

  /// Decides about held events whose time has come. Called after each batch and at `deadline`.
  mutating func advance(to now: Timestamp) -> [Release]
}

extension Correlator {
  /// Asks for each event.
  public mutating func observe(_ batch: inout EventBatch, at now: Timestamp) {
    for index in batch.indices {
      batch.apply(
        observe(batch[index], batch.outcome(at: index), of: batch, at: now), to: index)
    }
  }
  /// 10 000.
  public var mostHeld: Int { 10_000 }
  /// None.
  public var deadline: Timestamp? { nil }
  /// Releases nothing.
  public mutating func advance(to now: Timestamp) -> [Release] { [] }
}
