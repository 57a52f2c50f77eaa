import PatchbayCore

/// Shows to others that a record is in a log, without the rest of the log: a
/// [C2SP tlog-proof](https://c2sp.org/tlog-proof).
package struct LogProof: Sendable, Equatable {
  /// The record, without its line feed.
  package let record: [UInt8]
  /// The proof, as it is handed on.
  package let text: String

  /// Makes the proof of a record from a log's tiles.
  ///
  /// - Parameters:
  ///   - sequence: the record's number, from 0.
  ///   - path: the log's folder.
  /// - Throws: `UnreadableInput` if the log can't be read; `PipelineError` if the newest checkpoint
  ///   doesn't name the record, or the tiles don't lead from it to the checkpoint's root.
  package init(of sequence: Int, in path: String) throws {
    let folder = LogFolder(path: path)
    let bytes = try InputFile.contents(of: folder.checkpoint, upTo: 1 << 17)
    guard let note = SignedNote(parsing: bytes), let checkpoint = Checkpoint(note.text) else {
      throw UnreadableInput("\(folder.checkpoint) holds no signed checkpoint")
    }
    guard (0..<checkpoint.size).contains(sequence) else {
      throw PipelineError(
        "the newest checkpoint names records 0 to \(checkpoint.size - 1), not \(sequence)")
    }
    let proof = try InclusionProof(of: sequence, in: checkpoint.size) { level, number, width in
      try Self.tile(level, number, width, folder)
    }
    record = try Self.record(sequence, checkpoint.size, folder)
    let leaf = record.withUnsafeBytes { TreeHash.leaf($0) }
    guard proof.root(leaf: leaf, size: checkpoint.size) == checkpoint.root else {
      throw PipelineError(
        "record \(sequence) and the tiles don't lead to the checkpoint's root; "
          + "look with `patchbay audit verify`")
    }
    var lines = "c2sp.org/tlog-proof@v1\nindex \(sequence)\n"
    for hash in proof.hashes { lines += Base64.text(hash.bytes) + "\n" }
    text = lines + "\n" + String(decoding: note.bytes, as: UTF8.self)
  }

  private static func tile(
    _ level: Int, _ number: Int, _ width: Int, _ folder: LogFolder
  ) throws -> Tile {
    let path = TilePath.path("\(level)", number, width: width)
    let length = width * TreeHash.length
    guard let bytes = LogFiles.tile(path, of: folder, limit: length + 1), bytes.count >= length
    else { throw UnreadableInput("can't read \(folder.file(path))") }
    let hashes = (0..<width).compactMap { index in
      TreeHash(bytes[(index * TreeHash.length)..<((index + 1) * TreeHash.length)])
    }
    return Tile(level: level, number: number, hashes: hashes)
  }

  private static func record(
    _ sequence: Int, _ size: Int, _ folder: LogFolder
  ) throws -> [UInt8] {
    let number = sequence / Tile.width
    let width = min(Tile.width, size - number * Tile.width)
    let path = TilePath.path("entries", number, width: width)
    let limit = width * (EntryBundle.longest + 2) + 1
    guard let bundle = LogFiles.tile(path, of: folder, limit: limit) else {
      throw UnreadableInput("can't read \(folder.file(path))")
    }
    var start = 0
    for index in 0..<width {
      guard start + 2 <= bundle.count else { break }
      let count = Int(bundle[start]) << 8 | Int(bundle[start + 1])
      guard start + 2 + count <= bundle.count else { break }
      if index == sequence % Tile.width { return Array(bundle[(start + 2)..<(start + 2 + count)]) }
      start += 2 + count
    }
    throw UnreadableInput("\(folder.file(path)) ends before record \(sequence)")
  }
}
