/// Keeps what channels bring in order while they take each other's place.
///
/// A channel and its successor are read side by side for a while, and what the successor brings first may be
/// younger than what is still under way on the channel: it waits until the channel has been read to its end,
/// which brings most of it, too. That holds also if the successor itself ends, or breaks, before.
package struct Handover<Message: Sendable>: Sendable {
  /// A channel that is read, or whose messages wait.
  private struct Place: Sendable {
    let number: Int
    var waiting: [Message] = []
    var isOver = false
  }

  /// In the order in which they were opened.
  ///
  /// The first isn't over, and its messages never wait.
  private var places: [Place] = []

  package init() {}

  /// Whether any channel is still read though another has its place.
  package var isGoingOn: Bool { places.count > 1 }

  /// A channel has been opened, and takes the place of those before it.
  package mutating func begin(_ number: Int) { places.append(Place(number: number)) }

  /// Keeps a message of a channel if it has to wait.
  ///
  /// - Returns: whether it has.
  package mutating func keep(_ message: Message, on number: Int) -> Bool {
    guard let index = places.firstIndex(where: { $0.number == number }), index > 0 else {
      return false
    }
    places[index].waiting.append(message)
    return true
  }

  /// A channel has been read to its end, or has broken.
  ///
  /// - Returns: what waits no longer, in order.
  package mutating func end(_ number: Int) -> [Message] {
    guard let index = places.firstIndex(where: { $0.number == number }) else { return [] }
    places[index].isOver = true
    var free: [Message] = []
    while let first = places.first, first.isOver {
      places.removeFirst()
      guard !places.isEmpty else { break }
      free += places[0].waiting
      places[0].waiting = []
    }
    return free
  }

  /// Lets nothing wait any more, also of what is still to come on the channels that there are.
  ///
  /// - Returns: what did, channel by channel.
  package mutating func abandon() -> [Message] {
    let free = places.flatMap(\.waiting)
    places = places.suffix(1).filter { !$0.isOver }.map { Place(number: $0.number) }
    return free
  }
}
