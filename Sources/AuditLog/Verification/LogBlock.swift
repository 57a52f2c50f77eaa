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
    findings.leaves.reserveCapacity(Self.size)
    ends.reserveCapacity(Self.size)
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
    let lines = (start..<start + width).map { index in
      (index == 0 ? 0 : ends[index - 1] + 1)..<ends[index]
    }
    for width in widths(start, width, number) {
      let hashes = findings.leaves[start..<start + width]
      let tile = TilePath.path("0", number, width: width)
      check(tile, start, width * TreeHash.length, &findings) { Self.difference($0, hashes) }
      let entries = TilePath.path("entries", number, width: width)
      let records = lines.prefix(width)
      let length = records.reduce(0) { $0 + 2 + $1.count }
      check(entries, start, length, &findings) { difference($0, records) }
    }
  }

  /// Notes the first record that differs from what a file says of it.
  private func check(
    _ path: String, _ start: Int, _ length: Int, _ findings: inout Findings,
    difference: ([UInt8]) -> Int?
  ) {
    guard let found = LogFiles.tile(path, of: folder, limit: length + 1) else {
      if findings.missing == nil { findings.missing = path }
      return
    }
    if findings.changed == nil, let place = difference(found) {
      findings.changed = (first + start + place, path)
    }
  }

  /// Which of some leaves a tile doesn't have as they are: the first, or the one behind the last if it goes on
  /// behind them; nil if it is made of them.
  private static func difference(_ tile: [UInt8], _ leaves: ArraySlice<TreeHash>) -> Int? {
    leaves.withUnsafeBytes { leaves in
      tile.withUnsafeBytes { tile in
        if areSame(tile, leaves) { return nil }
        let offset = zip(tile, leaves).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        return (offset ?? min(tile.count, leaves.count)) / TreeHash.length
      }
    }
  }

  /// Which of some records a bundle doesn't have as they are: the first, or the one behind the last if it goes
  /// on behind them; nil if it is made of them.
  private func difference(_ bundle: [UInt8], _ records: ArraySlice<Range<Int>>) -> Int? {
    bytes.withUnsafeBytes { text in
      bundle.withUnsafeBytes { bundle in
        var place = 0
        for (index, record) in records.enumerated() {
          let end = place + 2 + record.count
          guard end <= bundle.count,
            Int(bundle[place]) << 8 | Int(bundle[place + 1]) == record.count,
            Self.areSame(
              UnsafeRawBufferPointer(rebasing: bundle[(place + 2)..<end]),
              UnsafeRawBufferPointer(rebasing: text[record]))
          else { return index }
          place = end
        }
        return place == bundle.count ? nil : records.count
      }
    }
  }

  /// Whether two texts are the same; by the library's own comparison, which takes many bytes at once.
  private static func areSame(
    _ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer
  ) -> Bool {
    guard one.count == other.count else { return false }
    guard let left = one.baseAddress, let right = other.baseAddress else { return true }
    return memcmp(left, right, one.count) == 0
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
