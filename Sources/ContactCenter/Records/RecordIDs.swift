import ContactModel
import Crypto
package import PatchbayCore

/// Ids of agents and interactions, made of what records call them.
package struct RecordIDs: Sendable {
  private var agents: [String: UUIDBits] = [:]

  package init() {}

  /// An agent's id: what it says if that is a UUID, else made of the name.
  package mutating func agent(_ name: String) -> UUIDBits {
    if let known = agents[name] { return known }
    let id = UUIDBits(anyCase: name) ?? Self.hash(name)
    agents[name] = id
    return id
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
