/// Decides whose turn it is, so that no host has more requests under way than allowed.
///
/// libcurl could limit connections itself (`CURLMOPT_MAX_HOST_CONNECTIONS`), but who waits then
/// waits in its one line for all hosts, in an order and for a time that are its own business.
/// Here each host has a line, in order of arrival, and nobody waits beyond the deadline.
package struct HostSlots {
  /// The state of one host; there is none for hosts without requests.
  private struct Host {
    var used = 0
    var line = WaitingLine()

    mutating func claim(_ id: UInt64, limit: Int) -> Bool {
      guard used < limit else {
        line.append(id)
        return false
      }
      used += 1
      return true
    }

    mutating func release() -> UInt64? {
      let next = line.popFirst()
      if next == nil { used -= 1 }
      return next
    }
  }

  private let limit: Int
  private var hosts: [String: Host] = [:]

  /// - Parameter limit: The most requests under way for one host, at least 1.
  package init(limit: Int) {
    self.limit = max(1, limit)
  }

  /// Asks for a slot.
  ///
  /// False puts the request in line; ``release(_:)`` will name it.
  package mutating func claim(_ origin: String, for id: UInt64) -> Bool {
    hosts[origin, default: Host()].claim(id, limit: limit)
  }

  /// Gives a slot back.
  ///
  /// Returns the request that has it from now on, if one waits.
  package mutating func release(_ origin: String) -> UInt64? {
    guard let position = hosts.index(forKey: origin) else { return nil }
    let next = hosts.values[position].release()
    if hosts.values[position].used == 0 { hosts.remove(at: position) }
    return next
  }

  /// Takes a request out of the line that it waits in.
  package mutating func withdraw(_ origin: String, _ id: UInt64) {
    hosts[origin]?.line.withdraw(id)
  }
}
