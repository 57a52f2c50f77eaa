import PatchbayCore

/// What is left of the lease of a budget that other processes share.
struct LeaseBook {
  enum Answer {
    case go
    case wait(until: Timestamp?)
    case lease
  }

  private var lease: RateLease?
  private var isAsking = false

  /// Takes one request of the lease.
  mutating func ask(_ now: Timestamp) -> Answer {
    if let lease, now < lease.until {
      if lease.requests > 0 {
        self.lease?.requests -= 1
        // What is used up is followed by the next one; what was empty from the start, at its end.
        if lease.requests == 1 { self.lease = nil }
        return .go
      }
      return .wait(until: lease.until)
    }
    if isAsking { return .wait(until: nil) }
    isAsking = true
    return .lease
  }

  mutating func grant(_ lease: RateLease?) {
    isAsking = false
    self.lease = lease
  }
}
