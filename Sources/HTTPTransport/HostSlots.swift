/// Decides whose turn it is, so that no host has more requests under way than allowed.
///
/// libcurl could do that itself (`CURLMOPT_MAX_HOST_CONNECTIONS`), but its one line for all
/// hosts lets a host that hangs hold up the others, and those in line have no timeout.
struct HostSlots {
  /// The state of one host; there is none for hosts without requests.
  private struct Host {
    var used = 0
    var line = WaitingLine()
  }

  private let limit: Int
  private var hosts: [String: Host] = [:]

  /// - Parameter limit: The most requests under way for one host, at least 1.
  init(limit: Int) {
    self.limit = max(1, limit)
  }

  /// Asks for a slot.
  ///
  /// False puts the request in line; ``release(_:)`` will name it.
  mutating func claim(_ origin: String, for id: UInt64) -> Bool {
    var host = hosts.removeValue(forKey: origin) ?? Host()
    defer { hosts[origin] = host }
    guard host.used < limit else {
      host.line.append(id)
      return false
    }
    host.used += 1
    return true
  }

  /// Gives a slot back.
  ///
  /// Returns the request that has it from now on, if one waits.
  mutating func release(_ origin: String) -> UInt64? {
    guard var host = hosts.removeValue(forKey: origin) else { return nil }
    let next = host.line.popFirst()
    if next == nil { host.used -= 1 }
    if host.used > 0 { hosts[origin] = host }
    return next
  }

  /// Takes a request out of the line that it waits in.
  mutating func withdraw(_ origin: String, _ id: UInt64) {
    hosts[origin]?.line.withdraw(id)
  }
}
