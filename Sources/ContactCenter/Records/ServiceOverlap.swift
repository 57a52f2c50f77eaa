import PatchbayCore

/// Counts services that start while the same agent is still in another of the same day.
struct ServiceOverlap {
  private struct AgentDay: Hashable {
    let agent: UUIDBits
    let day: Int
  }

  private var latest: [AgentDay: Service] = [:]
  private(set) var startsWhileInService = 0

  /// Takes services in the order of their starts.
  mutating func add(_ service: Service) {
    let key = AgentDay(agent: service.agent, day: service.day)
    guard let other = latest[key] else {
      latest[key] = service
      return
    }
    if service.connected < other.ended,
      service.ended > other.connected || service.ended == service.connected
    {
      startsWhileInService += 1
    }
    if service.ended > other.ended { latest[key] = service }
  }

  var agentDays: Int { latest.count }
}
