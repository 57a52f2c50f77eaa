import Foundation
import PatchbayCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The tree over a log's records, and the files in which it is published.
///
/// A value that one thread works on. A full tile is written as soon as its last record is there; what
/// couldn't be written then is tried again with the next checkpoint.
struct LogTree {
  /// A file that is to be written.
  private struct Draft {
    let path: String
    let bytes: [UInt8]
  }

  /// The tree as it was at some moment, with the records behind its last full tile.
  struct Snapshot: Sendable {
    let edge: TreeEdge
    let rest: EntryBundle
  }

  private let folder: LogFolder
  private(set) var edge = TreeEdge()
  private var rest = EntryBundle()
  private var drafts: [Draft] = []
  /// The partial files that are there, by the paths of the full ones that will take their place.
  private var partials: [String: Set<String>] = [:]
  private var madeFolders: Set<String> = []
  /// Whether its files may be there already, so that only those are written that aren't.
  var isRebuilt: Bool

  init(_ folder: LogFolder, isRebuilt: Bool = false) {
    self.folder = folder
    self.isRebuilt = isRebuilt
  }

  /// The tree as it is.
  var snapshot: Snapshot { Snapshot(edge: edge, rest: rest) }

  /// Adds records: lines, each with its line feed.
  mutating func append(_ lines: [UInt8]) {
    lines.withUnsafeBytes { lines in
      guard let base = lines.baseAddress else { return }
      var start = 0
      while start < lines.count, let found = memchr(base + start, 0x0A, lines.count - start) {
        let end = UnsafeRawPointer(found) - base
        append(UnsafeRawBufferPointer(rebasing: lines[start..<end]))
        start = end + 1
      }
    }
    // What fails stays for `publish`, which says why.
    try? writeDrafts()
  }

  /// Adds a record, without its line feed; its files are written with the next that are.
  mutating func append(_ record: UnsafeRawBufferPointer) {
    rest.append(record)
    edge.append(TreeHash.leaf(record)) { tile in
      drafts.append(Draft(path: tile.path, bytes: tile.bytes))
    }
    if rest.count < Tile.width { return }
    let number = edge.size / Tile.width - 1
    let path = TilePath.path("entries", number, width: Tile.width)
    drafts.append(Draft(path: path, bytes: rest.bytes))
    rest.removeAll()
  }

  /// Writes everything that a checkpoint of a snapshot needs.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  mutating func publish(_ snapshot: Snapshot) throws {
    try writeDrafts()
    for tile in snapshot.edge.partialTiles {
      try writePartial(tile.path, tile.bytes)
    }
    if snapshot.rest.count > 0 {
      let number = snapshot.edge.size / Tile.width
      let path = TilePath.path("entries", number, width: snapshot.rest.count)
      try writePartial(path, snapshot.rest.bytes)
    }
  }

  private mutating func writeDrafts() throws {
    while let draft = drafts.first {
      try write(draft.path, draft.bytes)
      drafts.removeFirst()
      removePartials(of: draft.path)
    }
  }

  private mutating func writePartial(_ path: String, _ bytes: [UInt8]) throws {
    guard let end = path.range(of: ".p/") else { return }
    let whole = String(path[..<end.lowerBound])
    // A tile that is full by now stands for all of its beginnings.
    if access(folder.file(whole), F_OK) == 0 { return }
    // One that is there is what a checkpoint refers to, and must not be there by half meanwhile.
    if partials[whole]?.contains(path) ?? false { return }
    try write(path, bytes)
    partials[whole, default: []].insert(path)
  }

  private mutating func removePartials(of path: String) {
    guard partials.removeValue(forKey: path) != nil else { return }
    let beginnings = folder.file(path) + ".p"
    for name in FolderListing.names(in: beginnings) { unlink("\(beginnings)/\(name)") }
    rmdir(beginnings)
    madeFolders.remove(path + ".p")
  }

  private mutating func write(_ path: String, _ bytes: [UInt8]) throws {
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    if madeFolders.insert(parent).inserted {
      do {
        try RunDirectory(path: folder.file(parent)).create()
      } catch {
        madeFolders.remove(parent)
        throw error
      }
    }
    if isRebuilt,
      (try? InputFile.contents(of: folder.file(path), upTo: bytes.count + 1)) == bytes
    {
      return
    }
    try WholeFile.writePlainly(bytes, to: folder.file(path))
  }
}
