import PatchbayCore
import PatchbayJSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a log holds from before an interruption, so that no event gets a second record.
///
/// A record is known by whom it is about, what happened and what came of it; not by its times, which are
/// others when something is sent again. A number of eight bytes stands for it.
struct RecordKeys: Sendable {
  /// The members that a record is known by, in the order of the canonical form.
  private static let members = [
    "agent_id", "interaction_id", "outcome", "sequence_id", "state", "timestamp",
  ]

  private var keys = RecalledKeys()
  private var scan = CanonicalScan()

  /// Adds a record, unless it is about the log itself; `sort` comes behind the last.
  mutating func add(_ line: UnsafeRawBufferPointer) {
    if let key = key(of: line) { keys.add(key) }
  }

  /// Whether nothing is left to be asked for.
  var isEmpty: Bool { keys.isEmpty }

  /// Makes ready to be asked.
  mutating func sort() { keys.sort() }

  /// Whether a record is there that hasn't been asked for before.
  mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
    key(of: line).map { keys.take($0) } ?? false
  }

  private mutating func key(of line: UnsafeRawBufferPointer) -> UInt64? {
    var hasher = Hasher()
    var isEvent = false
    let isKnown = scan.isCanonical(line) { name, value in
      for member in Self.members where Self.equals(line, name, member) {
        hasher.combine(
          bytes: UnsafeRawBufferPointer(rebasing: line[name.lowerBound..<value.upperBound]))
      }
      if Self.equals(line, name, "type") { isEvent = Self.equals(line, value, "\"event\"") }
    }
    if isKnown { return isEvent ? UInt64(bitPattern: Int64(hasher.finalize())) : nil }
    guard let record = try? JSONValue(parsing: Array(line)), record["type"]?.string == "event"
    else { return nil }
    var slow = Hasher()
    for member in Self.members {
      guard let value = record[member] else { continue }
      // As it stands in the line.
      (Array("\(member)\":".utf8) + value.canonical()).withUnsafeBytes { slow.combine(bytes: $0) }
    }
    return UInt64(bitPattern: Int64(slow.finalize()))
  }

  private static func equals(
    _ line: UnsafeRawBufferPointer, _ range: Range<Int>, _ word: String
  ) -> Bool {
    var word = word
    return word.withUTF8 { word in
      range.count == word.count
        && word.baseAddress.flatMap { word in
          line.baseAddress.map { memcmp($0 + range.lowerBound, word, range.count) == 0 }
        } ?? false
    }
  }
}
