import PatchbayCore

/// One thing that goes wrong on purpose with a delivery.
package enum Fault: String, CaseIterable {
  /// 429, no effect.
  case rateLimited = "rate_limited"
  /// 500, no effect.
  case serverError = "server_error"
  /// 503, no effect.
  case unavailable
  /// The effect, then the connection's end without an answer.
  case dropped

  /// Whether the events are taken all the same.
  package var hasEffect: Bool { self == .dropped }
}

extension SandboxFaults {
  /// What goes wrong with a delivery, if anything: one draw against disjoint intervals.
  ///
  /// - Parameters:
  ///   - key: which events are delivered.
  ///   - attempt: how often they were delivered before.
  package func draw(seed: UInt64, key: UInt64, attempt: Int) -> Fault? {
    var random = KeyedRandom(
      seed: seed, purpose: "genesys-sandbox fault", key, UInt64(truncatingIfNeeded: attempt))
    let draw = random.unit()
    var upper = 0.0
    for fault in Fault.allCases {
      upper += fraction(of: fault)
      if draw < upper { return fault }
    }
    return nil
  }

  private func fraction(of fault: Fault) -> Double {
    switch fault {
    case .rateLimited: rateLimited
    case .serverError: serverError
    case .unavailable: unavailable
    case .dropped: dropped
    }
  }
}
