import PatchbayCore

/// One thing that goes wrong on purpose with a request.
package enum Fault: String, CaseIterable, Sendable {
  /// 429, no effect.
  case rateLimited = "rate_limited"
  /// 500, no effect.
  case serverError = "server_error"
  /// 503, no effect.
  case unavailable
  /// The effect, then the connection's end without an answer.
  case dropped
  /// 504, no effect.
  case gatewayTimeout = "gateway_timeout"
  /// The connection's end without an answer, and no effect.
  case droppedBefore = "dropped_before"
  /// The effect, then an answer that breaks off in the middle of its JSON.
  case malformed
  /// The effect, then an answer whose body comes bit by bit.
  case slow
  /// The token is let expire: 401, no effect.
  case tokenExpired = "token_expired"
  /// The token is revoked: 401, no effect.
  case tokenRevoked = "token_revoked"

  /// Whether the request has its effect all the same.
  package var hasEffect: Bool {
    switch self {
    case .dropped, .malformed, .slow: true
    case .rateLimited, .serverError, .unavailable, .gatewayTimeout, .droppedBefore, .tokenExpired,
      .tokenRevoked:
      false
    }
  }
}

extension SandboxFaults {
  /// What goes wrong with a request, if anything: one draw against disjoint intervals.
  ///
  /// - Parameters:
  ///   - key: what it is about.
  ///   - attempt: how often it was asked for before.
  package func draw(seed: UInt64, key: UInt64, attempt: Int) -> Fault? {
    if !strikes { return nil }
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

  /// Whether anything ever goes wrong with a request.
  var strikes: Bool { Fault.allCases.contains { fraction(of: $0) > 0 } }

  private func fraction(of fault: Fault) -> Double {
    switch fault {
    case .rateLimited: rateLimited
    case .serverError: serverError
    case .unavailable: unavailable
    case .dropped: dropped
    case .gatewayTimeout: gatewayTimeout
    case .droppedBefore: droppedBefore
    case .malformed: malformed
    case .slow: slow
    case .tokenExpired: tokenExpired
    case .tokenRevoked: tokenRevoked
    }
  }
}
