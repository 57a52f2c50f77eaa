import PatchbayCore

/// Counts services that start while the same agent is still in another of the same day.
struct ServiceOverlap {
  private struct AgentDay: Hashable {
    let agent: UUIDBits
    let day: Int
  }

  private var latestEnd: [AgentDay: Int] = [:]
  private(set) var startsWhileInService = 0

  /// Takes services in the order of their starts.
  mutating func add(_ row: CallLogRow) {
    let key = AgentDay(agent: row.agent, day: row.day)
    let end = latestEnd[key] ?? .min
    if row.start < end { startsWhileInService += 1 }
    latestEnd[key] = max(end, row.end)
  }

  var agentDays: Int { latestEnd.count }
}
