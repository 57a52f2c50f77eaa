import PatchbayCore

/// Counts services that start while the same agent is still in another of the same day.
struct ServiceOverlap {
  /// When the service of an agent's day was that ends last of those before.
  private struct Latest {
    let day: Int
    var connected: Timestamp
    var ended: Timestamp
  }

  /// By the agents' numbers, the days of each in order: nearly always it is the last.
  private var latest: [[Latest]] = []
  private(set) var startsWhileInService = 0
  private(set) var agentDays = 0

  /// Takes services in the order of their starts.
  mutating func add(_ service: Service) {
    while latest.count <= service.agentNumber { latest.append([]) }
    let day = service.day
    guard let place = latest[service.agentNumber].lastIndex(where: { $0.day == day }) else {
      agentDays += 1
      latest[service.agentNumber].append(
        Latest(day: day, connected: service.connected, ended: service.ended))
      return
    }
    let other = latest[service.agentNumber][place]
    if service.connected < other.ended,
      service.ended > other.connected || service.ended == service.connected
    {
      startsWhileInService += 1
    }
    if service.ended > other.ended {
      latest[service.agentNumber][place].connected = service.connected
      latest[service.agentNumber][place].ended = service.ended
    }
  }
}
