/// How an event left the main path; of several branches the worst counts.
public enum Settlement: UInt8, Sendable, Comparable, CaseIterable {
  /// Every sink it reached took it, or a correlator absorbed it.
  case delivered
  /// It was sent to a `.rejected` port.
  case rejected
  /// It was sent to a `.failed` port, or a sink refused it for good.
  case failed
  /// It was still inside when the run ended.
  case abandoned

  /// Orders from best to worst.
  public static func < (one: Settlement, other: Settlement) -> Bool {
    one.rawValue < other.rawValue
  }
}

/// How many events were settled which way; `emitted` must be the sum of the others at the end.
public struct SettlementCounts: Sendable, Equatable {
  /// Events that sources sent into the pipeline, bad records included.
  public var emitted = 0
  /// Events settled as delivered.
  public var delivered = 0
  /// Events settled as rejected.
  public var rejected = 0
  /// Events settled as failed.
  public var failed = 0
  /// Events settled as abandoned.
  public var abandoned = 0

  /// Makes counts of zero.
  public init() {}

  /// Events whose fate is known.
  public var settled: Int { delivered + rejected + failed + abandoned }

  /// Whether every emitted event is accounted for.
  public var isBalanced: Bool { emitted == settled }

  package mutating func add(_ settlement: Settlement, _ count: Int = 1) {
    switch settlement {
    case .delivered: delivered += count
    case .rejected: rejected += count
    case .failed: failed += count
    case .abandoned: abandoned += count
    }
  }
}
