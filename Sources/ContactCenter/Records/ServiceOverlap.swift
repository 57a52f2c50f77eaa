import PatchbayCore

/// Counts services that start while the same agent is still in another of the same day.
struct ServiceOverlap {
  private struct AgentDay: Hashable {
    let agent: UUIDBits
    let day: Int
  }

  private var latestEnd: [AgentDay: Timestamp] = [:]
  private(set) var startsWhileInService = 0

  /// Takes services in the order of their starts.
  mutating func add(_ service: Service) {
    let key = AgentDay(agent: service.agent, day: service.day)
    let end = latestEnd[key] ?? service.connected
    if service.connected < end { startsWhileInService += 1 }
    latestEnd[key] = max(end, service.ended)
  }

  var agentDays: Int { latestEnd.count }
}
