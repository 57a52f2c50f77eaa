/// Finds the name that a misspelt one was probably meant to be.
package enum NearestName {
  /// The candidate nearest to `name`, the first of several, or nil if none is near.
  ///
  /// Case, `_` and `-` are ignored. Near means: at most a third of the longer name's characters
  /// inserted, left out, replaced, or swapped with their neighbour. Names of more than 100 characters,
  /// which nobody types, are near to none.
  package static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = normalized(name)
    guard wanted.count <= longest else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let offered = normalized(candidate)
      let limit = min(max(wanted.count, offered.count) / 3, best.map { $0.distance - 1 } ?? .max)
      guard limit >= 0, abs(wanted.count - offered.count) <= limit else { continue }
      if let distance = distance(wanted, offered, atMost: limit) { best = (candidate, distance) }
    }
    return best?.name
  }

  private static let longest = 100

  private static func normalized(_ name: String) -> [Unicode.Scalar] {
    guard name.utf8.count <= longest * 4 else { return Array(name.unicodeScalars) }
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(name.utf8.count)
    for byte in name.utf8 {
      // Names are ASCII but for those that are wrong in another way, too.
      guard byte < 0x80 else {
        return name.lowercased().unicodeScalars.filter { $0 != "_" && $0 != "-" }
      }
      if byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") { continue }
      scalars.append(Unicode.Scalar(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte))
    }
    return scalars
  }

  /// The Damerau-Levenshtein distance, where no part is edited twice (optimal string alignment);
  /// nil if it is above a limit.
  private static func distance(
    _ one: [Unicode.Scalar], _ other: [Unicode.Scalar], atMost limit: Int
  ) -> Int? {
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for row in one.indices {
      var current = [row + 1]
      current.reserveCapacity(other.count + 1)
      var leastOfRow = row + 1
      for column in other.indices {
        let replaced = last[column] + (one[row] == other[column] ? 0 : 1)
        var least = min(replaced, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
          least = min(least, beforeLast[column - 1] + 1)
        }
        current.append(least)
        leastOfRow = min(leastOfRow, least)
      }
      // Two rows on, a swap can take no more off than this.
      if leastOfRow > limit + 1 { return nil }
      beforeLast = last
      last = current
    }
    return last[other.count] <= limit ? last[other.count] : nil
  }
}
