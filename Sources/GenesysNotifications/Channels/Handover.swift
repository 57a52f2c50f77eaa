/// Keeps what channels bring in order while they take each other's place.
///
/// A channel and its successor are read side by side for a while, and what the successor brings first may be
/// younger than what is still under way on the channel: it waits until the channel has been read to its end,
/// which brings most of it, too.
package struct Handover<Message: Sendable>: Sendable {
  /// For each channel whose predecessor is still read, that one.
  private var predecessors: [Int: Int] = [:]
  /// What waits, by the channel before whose end it isn't told.
  private var waiting: [Int: [Message]] = [:]

  package init() {}

  /// Whether any channel is still read though another has its place.
  package var isGoingOn: Bool { !predecessors.isEmpty }

  /// A channel has taken another's place.
  package mutating func begin(from old: Int, to new: Int) { predecessors[new] = old }

  /// Keeps a message of a channel if it has to wait.
  ///
  /// - Returns: whether it has.
  package mutating func keep(_ message: Message, on number: Int) -> Bool {
    if predecessors[number] == nil { return false }
    waiting[number, default: []].append(message)
    return true
  }

  /// A channel has been read to its end, or has broken.
  ///
  /// - Returns: what waits no longer, in order.
  package mutating func end(_ number: Int) -> [Message] {
    let before = predecessors.removeValue(forKey: number)
    let own = waiting.removeValue(forKey: number) ?? []
    guard let successor = predecessors.first(where: { $0.value == number })?.key else { return own }
    let all = own + (waiting.removeValue(forKey: successor) ?? [])
    predecessors[successor] = before
    if before == nil { return all }
    // What was before it is still read: its successor waits for that, behind what this one brought.
    waiting[successor] = all
    return []
  }

  /// Lets nothing wait any more.
  ///
  /// - Returns: what did, channel by channel.
  package mutating func abandon() -> [Message] {
    defer { self = Handover() }
    return waiting.sorted { $0.key < $1.key }.flatMap(\.value)
  }
}
