/// The right edge of a tree: as much of it as is needed to make it larger.
///
/// A value of a few kilobytes for any size; a copy of it is a tree that stays as it is.
package struct TreeEdge: Sendable, Equatable {
  /// How many leaves there are.
  package private(set) var size = 0
  /// The hashes of the last tile of each level, those that are full left out.
  private var rows: [[TreeHash]] = []

  /// Makes a tree without leaves.
  package init() {}

  /// Adds a leaf.
  ///
  /// - Parameter publish: takes each tile that has become full, the lowest first.
  package mutating func append(_ leaf: TreeHash, publish: (Tile) -> Void) {
    size += 1
    add(leaf, at: 0, publish)
  }

  private mutating func add(_ hash: TreeHash, at level: Int, _ publish: (Tile) -> Void) {
    var (hash, level) = (hash, level)
    while true {
      if rows.count == level { rows.append([]) }
      rows[level].append(hash)
      if rows[level].count < Tile.width { return }
      let tile = Tile(
        level: level, number: (size >> (8 * (level + 1))) - 1, hashes: rows[level])
      publish(tile)
      hash = TreeHash.root(ofPerfect: tile.hashes[...])
      rows[level].removeAll(keepingCapacity: true)
      level += 1
    }
  }

  /// Adds the leaves of a full tile, where the last one is full or there is none.
  ///
  /// - Parameters:
  ///   - root: the hash above them.
  ///   - publish: takes each tile of a higher level that has become full, the lowest first.
  package mutating func append(tileOf root: TreeHash, publish: (Tile) -> Void) {
    size += Tile.width
    if rows.isEmpty { rows.append([]) }
    add(root, at: 1, publish)
  }

  /// The tiles that aren't full.
  package var partialTiles: [Tile] {
    rows.enumerated().filter { !$0.element.isEmpty }.map { level, hashes in
      Tile(level: level, number: size >> (8 * (level + 1)), hashes: hashes)
    }
  }

  /// The hash of the whole tree.
  package var root: TreeHash {
    var root: TreeHash?
    for row in rows {
      // Perfect trees of falling size stand side by side in a row; the smallest is the rightmost.
      var end = row.count
      while end > 0 {
        let count = 1 << end.trailingZeroBitCount
        let part = TreeHash.root(ofPerfect: row[(end - count)..<end])
        root = root.map { TreeHash.node(part, $0) } ?? part
        end -= count
      }
    }
    return root ?? .empty
  }
}
