import PatchbayCore
import PatchbayJSON

/// What was read of a log's records so far.
struct LogReading {
  private let folder: LogFolder
  private let newest: Checkpoint
  /// The sizes at which roots are wanted, from the smallest.
  private var sizes: ArraySlice<Int>
  private var edge = TreeEdge()
  private var lastTime = ""

  /// How many whole records there are.
  private(set) var count = 0
  /// The first record that isn't what it should be, and why.
  var wrong: (record: Int, problem: String)?
  /// The first record that differs from what was published of it, and where that stands.
  private(set) var changed: (record: Int, place: String)?
  /// The first file of the tree that can't be read.
  private(set) var missing: String?
  /// The first tile above the lowest level that isn't made of those below.
  private(set) var badTile: String?
  /// How many bytes stand behind the last line feed.
  var torn = 0
  /// The records about the log itself.
  private(set) var marks: [(record: Int, value: JSONValue)] = []
  /// The roots at the wanted sizes.
  private(set) var roots: [Int: TreeHash] = [:]

  init(_ folder: LogFolder, _ newest: Checkpoint, _ sizes: [Int]) {
    self.folder = folder
    self.newest = newest
    self.sizes = sizes[...]
  }

  /// Adds the block that comes next.
  mutating func add(_ findings: LogBlock.Findings) {
    if wrong == nil {
      wrong = findings.wrong
      if findings.firstTime < lastTime, count < wrong?.record ?? .max {
        wrong = (count, "is earlier than the one before")
      }
    }
    lastTime = findings.lastTime
    changed = changed ?? findings.changed
    missing = missing ?? findings.missing
    marks += findings.marks
    count += findings.leaves.count
    var start = 0
    for root in findings.roots {
      let end = start + Tile.width
      if let size = sizes.first, size < edge.size + Tile.width {
        add(findings.leaves[start..<end])
      } else {
        var full: [Tile] = []
        edge.append(tileOf: root) { full.append($0) }
        for tile in full { check(tile) }
        noteRoot()
      }
      start = end
    }
    add(findings.leaves[start...])
  }

  private mutating func add(_ leaves: ArraySlice<TreeHash>) {
    for leaf in leaves {
      var full: [Tile] = []
      edge.append(leaf) { full.append($0) }
      for tile in full { check(tile) }
      noteRoot()
    }
  }

  private mutating func noteRoot() {
    guard let size = sizes.first, size == edge.size else { return }
    sizes.removeFirst()
    roots[size] = edge.root
    // Those of the lowest level were compared with their records.
    for tile in edge.partialTiles { check(tile) }
  }

  /// Compares a tile with what was published; those of the lowest level are compared with their records.
  private mutating func check(_ tile: Tile) {
    let end = ((tile.number * Tile.width + tile.hashes.count) << (8 * tile.level))
    guard tile.level > 0, badTile == nil, end <= newest.size else { return }
    let bytes = tile.bytes
    if LogFiles.tile(tile.path, of: folder, limit: bytes.count + 1) != bytes { badTile = tile.path }
  }
}
