/// A piece of a tree as it is published: up to 256 hashes that stand side by side on one level.
///
/// As of [C2SP tlog-tiles](https://c2sp.org/tlog-tiles): on level 0 they are of leaves, on any other of
/// the full tiles below.
package struct Tile: Sendable, Equatable {
  /// How many hashes a full one has.
  package static let width = 256

  /// How high it stands.
  package let level: Int
  /// Its place on its level, from 0.
  package let number: Int
  /// Its hashes, from the left.
  package let hashes: [TreeHash]

  /// Makes a tile.
  package init(level: Int, number: Int, hashes: [TreeHash]) {
    self.level = level
    self.number = number
    self.hashes = hashes
  }

  /// The bytes that are published.
  package var bytes: [UInt8] { hashes.withUnsafeBytes { Array($0) } }

  /// Where it is published, below the log's folder.
  package var path: String {
    TilePath.path("\(level)", number, width: hashes.count)
  }
}

/// Where tiles and bundles of entries lie, as C2SP tlog-tiles has it.
package enum TilePath {
  /// The path of a tile: `tile/0/x001/x234/067`, with `.p/5` behind it for one of five hashes.
  ///
  /// - Parameters:
  ///   - level: the tile's level in decimal, or `entries` for a bundle.
  ///   - width: how many hashes or entries it has.
  package static func path(_ level: String, _ number: Int, width: Int) -> String {
    var parts = [digits(number % 1_000)]
    var rest = number / 1_000
    while rest > 0 {
      parts.insert("x" + digits(rest % 1_000), at: 0)
      rest /= 1_000
    }
    let path = "tile/\(level)/" + parts.joined(separator: "/")
    return width == Tile.width ? path : "\(path).p/\(width)"
  }

  private static func digits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: 3 - text.count) + text
  }
}
