import PatchbayCore

/// Knows of calls that were seen lately which service was their last.
///
/// In two parts: when one is full the older one is forgotten, which costs less than to know the oldest call.
struct RecentCalls: Sendable {
  /// What a service is to the one of its call before.
  enum Repetition {
    /// The call hasn't been seen lately, or had another service on that day.
    case none
    /// The same record once more.
    case same
    /// The call had its last service on another day.
    case otherDay
  }

  private struct Last: Equatable {
    let agent: Int
    let connected: Timestamp
    let ended: Timestamp
  }

  private let half: Int
  private var newer: [UUIDBits: Last] = [:]
  private var older: [UUIDBits: Last] = [:]

  /// - Parameter capacity: how many calls are known at the most; half as many at the least.
  init(capacity: Int) {
    half = capacity / 2
  }

  /// Notes a service.
  mutating func note(_ service: Service) -> Repetition {
    let last = Last(
      agent: service.agentNumber, connected: service.connected, ended: service.ended)
    let known =
      newer.updateValue(last, forKey: service.interaction) ?? older[service.interaction]
    if newer.count >= half {
      swap(&newer, &older)
      newer.removeAll(keepingCapacity: true)
    }
    guard let known else { return .none }
    if known == last { return .same }
    return Service.day(of: known.connected) == service.day ? .none : .otherDay
  }
}
