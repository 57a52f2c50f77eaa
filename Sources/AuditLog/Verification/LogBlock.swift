import Foundation
import PatchbayCore
import PatchbayJSON

/// A run of records of a log that is looked at by itself, so that several can be at once.
///
/// All but the last of a log hold a multiple of 256 records, so that tiles and bundles belong to one.
struct LogBlock: Sendable {
  /// How many records a whole one holds.
  static let size = 8 * Tile.width

  /// The number of its first record.
  let first: Int
  /// The lines, each with its line feed.
  let bytes: [UInt8]
  let folder: LogFolder
  /// The sizes that checkpoints name, from the smallest; beginnings of tiles were published for those.
  let sizes: [Int]

  /// What was found.
  struct Findings: Sendable {
    var leaves: [TreeHash] = []
    /// The roots of the full tiles.
    var roots: [TreeHash] = []
    /// The first record that isn't what it should be, and why.
    var wrong: (record: Int, problem: String)?
    /// The first record that differs from what was published of it, and where that stands.
    var changed: (record: Int, place: String)?
    /// A file of the tree that can't be read, and why.
    var missing: String?
    var firstTime = ""
    var lastTime = ""
    /// Records about the log itself, by their numbers.
    var marks: [(record: Int, value: JSONValue)] = []
  }

  /// Looks at all of it.
  func examined() -> Findings {
    var findings = Findings()
    var reader = LogLineReader()
    var ends: [Int] = []
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      var start = 0
      while start < bytes.count, let found = memchr(base + start, 0x0A, bytes.count - start) {
        let end = UnsafeRawPointer(found) - base
        let line = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        let record = first + findings.leaves.count
        findings.leaves.append(TreeHash.leaf(line))
        ends.append(end)
        let problem = reader.read(line, record)
        if findings.wrong == nil, let problem { findings.wrong = (record, problem) }
        if let mark = reader.mark { findings.marks.append((record, mark)) }
        if ends.count == 1 { findings.firstTime = reader.time }
        start = end + 1
      }
      findings.lastTime = reader.time
    }
    for start in stride(from: 0, to: findings.leaves.count, by: Tile.width) {
      compare(start, ends, &findings)
    }
    return findings
  }

  /// Compares records with the tiles and the bundles that were published of them.
  private func compare(_ start: Int, _ ends: [Int], _ findings: inout Findings) {
    let end = min(start + Tile.width, findings.leaves.count)
    if end - start == Tile.width {
      findings.roots.append(TreeHash.root(ofPerfect: findings.leaves[start..<end]))
    }
    let sealed = (sizes.last ?? 0) - first - start
    if sealed <= 0 { return }
    let number = (first + start) / Tile.width
    let width = min(end - start, sealed)
    let leaves = findings.leaves[start..<start + width]
    var bundle = EntryBundle()
    // Where each record ends in the bundle.
    var places: [Int] = []
    bytes.withUnsafeBytes { bytes in
      for index in start..<start + width {
        let line = (index == 0 ? 0 : ends[index - 1] + 1)..<ends[index]
        bundle.append(UnsafeRawBufferPointer(rebasing: bytes[line]))
        places.append(bundle.bytes.count)
      }
    }
    for width in widths(start, width, number) {
      let tile = Tile(level: 0, number: number, hashes: Array(leaves.prefix(width)))
      let entries = TilePath.path("entries", number, width: width)
      check(tile.path, tile.bytes[...], &findings) { $0 / TreeHash.length }
      check(entries, bundle.bytes.prefix(places[width - 1]), &findings) { offset in
        places.firstIndex { offset < $0 } ?? width
      }
    }

    func check(
      _ path: String, _ expected: ArraySlice<UInt8>, _ findings: inout Findings,
      record: (Int) -> Int
    ) {
      guard let found = LogFiles.tile(path, of: folder, limit: expected.count + 1) else {
        if findings.missing == nil { findings.missing = path }
        return
      }
      if findings.changed != nil || Self.areSame(found, expected) { return }
      let offset = zip(found, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      let place = record(offset ?? min(found.count, expected.count))
      findings.changed = (first + start + place, path)
    }
  }
}

extension LogBlock {
  /// Whether two texts are the same; by the library's own comparison, which takes many bytes at once.
  private static func areSame(_ one: [UInt8], _ other: ArraySlice<UInt8>) -> Bool {
    one.count == other.count
      && one.withUnsafeBytes { one in
        other.withUnsafeBytes { other in
          one.baseAddress.flatMap { one in
            other.baseAddress.map { memcmp(one, $0, other.count) == 0 }
          } ?? true
        }
      }
  }

  /// How much of a tile was published: all that is sealed, and beginnings for earlier checkpoints, which
  /// go when the tile is full.
  private func widths(_ start: Int, _ width: Int, _ number: Int) -> [Int] {
    let whole = TilePath.path("0", number, width: Tile.width)
    let bundles = TilePath.path("entries", number, width: Tile.width)
    let isAlone = [whole, bundles].allSatisfy { access(folder.file($0) + ".p", F_OK) != 0 }
    if width == Tile.width, isAlone { return [width] }
    let earlier = sizes.map { $0 - first - start }.filter { (1..<width).contains($0) }
    return earlier + [width]
  }
}
