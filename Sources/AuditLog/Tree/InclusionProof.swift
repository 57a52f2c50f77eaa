/// Shows that a leaf is in a tree: the hashes beside its way to the root, of RFC 6962 §2.1.1.
package struct InclusionProof: Sendable, Equatable {
  /// The leaf's place, from 0.
  package let index: Int
  /// The hashes, the leaf's neighbour first.
  package let hashes: [TreeHash]

  /// Makes one of what somebody sent.
  package init(index: Int, hashes: [TreeHash]) {
    self.index = index
    self.hashes = hashes
  }

  /// Makes the proof of a leaf.
  ///
  /// - Parameters:
  ///   - index: the leaf's place, below `size`.
  ///   - size: how many leaves the tree has.
  ///   - tile: gives a tile by level, number and width.
  package init(
    of index: Int, in size: Int, tile: (_ level: Int, _ number: Int, _ width: Int) throws -> Tile
  ) throws {
    var hashes: [TreeHash] = []
    var (low, high) = (0, size)
    while high - low > 1 {
      let middle = low + Self.split(high - low)
      if index < middle {
        hashes.append(try Self.hash(middle, high, size, tile))
        high = middle
      } else {
        hashes.append(try Self.hash(low, middle, size, tile))
        low = middle
      }
    }
    self.index = index
    self.hashes = hashes.reversed()
  }

  /// The root of a tree that has the leaf at its place; nil if there is no such tree.
  package func root(leaf: TreeHash, size: Int) -> TreeHash? {
    guard index < size else { return nil }
    var ranges: [Bool] = []
    var (low, high) = (0, size)
    while high - low > 1 {
      let middle = low + Self.split(high - low)
      ranges.append(index < middle)
      if index < middle { high = middle } else { low = middle }
    }
    guard ranges.count == hashes.count else { return nil }
    return zip(ranges.reversed(), hashes).reduce(leaf) { hash, step in
      step.0 ? TreeHash.node(hash, step.1) : TreeHash.node(step.1, hash)
    }
  }

  /// The largest power of two below a number above 1.
  private static func split(_ count: Int) -> Int {
    1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }

  /// The hash above some leaves.
  private static func hash(
    _ low: Int, _ high: Int, _ size: Int,
    _ tile: (_ level: Int, _ number: Int, _ width: Int) throws -> Tile
  ) throws -> TreeHash {
    let count = high - low
    guard count.nonzeroBitCount == 1 else {
      let middle = low + split(count)
      return TreeHash.node(
        try hash(low, middle, size, tile), try hash(middle, high, size, tile))
    }
    let level = count.trailingZeroBitCount / 8
    let leaves = 1 << (8 * level)
    let first = low / leaves
    let number = first / Tile.width
    let width = min(Tile.width, size / leaves - number * Tile.width)
    let start = first % Tile.width
    let found = try tile(level, number, width)
    return TreeHash.root(ofPerfect: found.hashes[start..<start + count / leaves])
  }
}
