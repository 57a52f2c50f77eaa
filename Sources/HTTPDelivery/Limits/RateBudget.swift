public import PatchbayCore

/// A part of a budget: so many requests by a certain time.
public struct RateLease: Sendable, Equatable {
  /// How many requests may be sent; with none, it is worth asking again when the time has come.
  public var requests: Int
  /// What isn't used by then is lost.
  public var until: Timestamp

  /// Makes a lease.
  public init(requests: Int, until: Timestamp) {
    self.requests = requests
    self.until = until
  }
}

/// A target's limit that several processes share: each takes leases of it, and its governor sends no more
/// than they hold.
///
/// What the target's own answers say still holds: a lease is a permission beside it, never instead of it.
public protocol RateBudget: Sendable {
  /// Takes the next lease; called when the last one is used up or over, by one task at a time.
  ///
  /// - Parameter limit: what is known of the target's limit by now.
  /// - Throws: `CancellationError` as soon as the task is cancelled; any other error ends the request that
  ///   it was taken for as not sent, with its description as the reason.
  func lease(under limit: GovernedLimit?) async throws -> RateLease
}
