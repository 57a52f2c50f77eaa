import DequeModule

/// Knows messages again: one that comes on two channels, because one is taking the other's place, counts
/// once; one that comes twice on the same channel was doubled on its way, and counts twice.
package struct RepetitionMemory: Sendable {
  /// What is known of a message.
  private struct Sighting: Sendable {
    /// How often it came, by channel.
    var counts: [Int: Int] = [:]
    var states: [ObservedState] = []
  }

  /// What a message is.
  package enum Kind {
    /// It hasn't come before.
    case new
    /// It came on another channel.
    case echo
    /// It came on this channel, and told of these states.
    case repeated([ObservedState])
  }

  private var sightings: BoundedTable<Int, Sighting>

  /// - Parameter capacity: how many messages are remembered.
  package init(capacity: Int) {
    sightings = BoundedTable(capacity: capacity)
  }

  /// Takes in a message that came on a channel.
  package mutating func see(_ bytes: [UInt8], on channel: Int) -> Kind {
    sightings.change(bytes.hashValue, else: Sighting()) { sighting in
      let most = sighting.counts.values.max() ?? 0
      let count = (sighting.counts[channel] ?? 0) + 1
      sighting.counts[channel] = count
      if count <= most { return .echo }
      return most == 0 ? .new : .repeated(sighting.states)
    }
  }

  /// Notes what a message told of.
  package mutating func note(_ states: [ObservedState], of bytes: [UInt8]) {
    sightings.change(bytes.hashValue, else: Sighting()) { $0.states = states }
  }
}
