import DequeModule
import PatchbayCore

/// What waits for its pair until a time, found by whom and what it is about.
struct WaitingLine<Item: Sendable>: Sendable {
  private struct Entry: Sendable {
    let key: RoundTripKey
    let item: Item
    let timestamp: Timestamp?
    let due: Timestamp
  }

  /// Whether something of an interaction is also found by whoever doesn't name one.
  private let isFoundByAny: Bool
  private var entries: [Int: Entry] = [:]
  private var byKey: [RoundTripKey: Deque<Int>] = [:]
  /// By when they are due, which is as they came.
  private var order: Deque<Int> = []

  init(isFoundByAny: Bool) { self.isFoundByAny = isFoundByAny }

  private func forms(of key: RoundTripKey) -> [RoundTripKey] {
    isFoundByAny ? key.forms : [key]
  }

  /// How many wait.
  var count: Int { entries.count }

  /// When the first is due.
  var due: Timestamp? { order.first.flatMap { entries[$0]?.due } }

  /// Adds something that is due later than all before it.
  ///
  /// - Parameter timestamp: its event's.
  mutating func add(
    _ number: Int, _ item: Item, _ key: RoundTripKey, timestamp: Timestamp?, due: Timestamp
  ) {
    entries[number] = Entry(key: key, item: item, timestamp: timestamp, due: due)
    for key in forms(of: key) { byKey[key, default: []].append(number) }
    order.append(number)
  }

  /// Takes that of a key whose event has the same timestamp, to the millisecond; if none has, the last that
  /// came: the others may be lost.
  mutating func take(_ key: RoundTripKey, timestamp: Timestamp?) -> (number: Int, item: Item)? {
    guard let numbers = byKey[key]?.filter({ entries[$0] != nil }), let last = numbers.last else {
      return nil
    }
    let wanted = timestamp?.wholeMilliseconds
    let same = numbers.first { number in
      wanted != nil && entries[number]?.timestamp?.wholeMilliseconds == wanted
    }
    let number = same ?? last
    guard let entry = entries[number] else { return nil }
    remove(number, entry)
    return (number, entry.item)
  }

  /// Something whose time has come.
  struct Due {
    let number: Int
    let item: Item
    let key: RoundTripKey
    let timestamp: Timestamp?
    let due: Timestamp
  }

  /// Takes the first whose time has come.
  mutating func takeDue(_ now: Timestamp) -> Due? {
    guard let number = order.first, let entry = entries[number], entry.due <= now else {
      return nil
    }
    remove(number, entry)
    return Due(
      number: number, item: entry.item, key: entry.key, timestamp: entry.timestamp,
      due: entry.due)
  }

  private mutating func remove(_ number: Int, _ entry: Entry) {
    entries[number] = nil
    for key in forms(of: entry.key) { dropGone(key) }
    while let first = order.first, entries[first] == nil { order.removeFirst() }
  }

  /// Drops what doesn't wait any more from the front of a key's numbers.
  private mutating func dropGone(_ key: RoundTripKey) {
    guard var numbers = byKey.removeValue(forKey: key) else { return }
    while let first = numbers.first, entries[first] == nil { numbers.removeFirst() }
    if !numbers.isEmpty { byKey[key] = numbers }
  }
}

extension Timestamp {
  /// The milliseconds since 1970: what targets keep of a time.
  fileprivate var wholeMilliseconds: Int64 { nanoseconds / 1_000_000 }
}

/// Whom and what something is about.
struct RoundTripKey: Hashable, Sendable {
  let agent: EntityKey
  /// Nil for whichever it is, as of a presence.
  let interaction: EntityKey?
  let state: String

  /// The key itself, and that of any interaction.
  var forms: [RoundTripKey] {
    interaction == nil
      ? [self] : [self, RoundTripKey(agent: agent, interaction: nil, state: state)]
  }
}
