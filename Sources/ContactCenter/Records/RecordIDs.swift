import ContactModel
import Crypto
package import PatchbayCore

/// Ids of agents and interactions, made of what records call them.
package struct RecordIDs: Sendable {
  private var numbers: [UUIDBits: Int] = [:]
  private var agents: [String: (id: UUIDBits, number: Int)] = [:]

  package init() {}

  /// An agent's id: what it says if that is a UUID, else made of the name.
  package mutating func agent(_ name: String) -> UUIDBits { numbered(name).id }

  /// An agent's id, and its number among all that were asked for, from 0.
  mutating func numbered(_ name: String) -> (id: UUIDBits, number: Int) {
    if let known = agents[name] { return known }
    let id = UUIDBits(anyCase: name) ?? Self.hash(name)
    // The same id may be written in more than one way.
    let agent = (id: id, number: numbers[id] ?? numbers.count)
    numbers[id] = agent.number
    agents[name] = agent
    return agent
  }

  /// An interaction's id: what its key says if that is a UUID, else made of the key.
  package static func interaction(_ key: String) -> UUIDBits {
    UUIDBits(anyCase: key) ?? hash("call:" + key)
  }

  /// A UUIDv8 from the SHA-256 of a text.
  static func hash(_ text: String) -> UUIDBits {
    var halves: (UInt64, UInt64) = (0, 0)
    for (index, byte) in SHA256.hash(data: Array(text.utf8)).prefix(16).enumerated() {
      if index < 8 {
        halves.0 = halves.0 << 8 | UInt64(byte)
      } else {
        halves.1 = halves.1 << 8 | UInt64(byte)
      }
    }
    return .version8(high: halves.0, low: halves.1)
  }
}
