import Foundation
import PatchbayCore
import PatchbayJSON

/// What is found in a log that wasn't closed, and is gone on with.
struct LogRecovery: Sendable {
  /// How many whole records there are, and how many of them a checkpoint names.
  var records = 0
  var sealed: Checkpoint?
  /// How many bytes stood behind the last whole record.
  var tornBytes = 0
  /// When the last record was written.
  var lastTime: Timestamp?
  /// Whether its run had come to an orderly end, with something left to do.
  var wasPaused = false
  /// Whether its last record says that nothing more comes.
  var wasClosed = false
  var keys = RecordKeys()
  /// Where the last whole record ends.
  var length = 0
}

/// Reads a log's lines again and makes its tree anew, with every file that its checkpoints need.
struct LogRebuild {
  private let folder: LogFolder
  private let newest: Checkpoint?
  /// Signs checkpoints again that were lost; nil for a log that was closed.
  private let key: SignerKey?
  private let verifier: VerifierKey
  private let sizes: Set<Int>
  private var reader = LogLineReader()
  private(set) var tree: LogTree
  private(set) var recovery = LogRecovery()
  /// Whether a line that isn't a record has come; nothing behind it counts.
  private var hasEnded = false

  /// - Throws: `PipelineError` if the newest checkpoint isn't the key's.
  init(_ folder: LogFolder, _ verifier: VerifierKey, _ key: SignerKey?) throws {
    self.folder = folder
    self.key = key
    self.verifier = verifier
    tree = LogTree(folder, isRebuilt: true)
    let kept = FolderListing.names(in: folder.checkpoints).compactMap { Int($0) }
    let last = try Self.newest(folder, verifier)
    // A failure of power may take the newest one, and leave what was kept of it.
    let later = kept.filter { $0 > last?.size ?? 0 }.sorted(by: >).lazy.compactMap {
      Self.kept($0, folder, verifier)
    }.first
    newest = later ?? last
    recovery.sealed = newest
    let size = newest?.size ?? 0
    sizes = Set(kept.filter { $0 > 0 && $0 <= size } + [size])
    // They may be of records that were lost since, and no checkpoint names them; those that are needed are made
    // anew.
    if key != nil { folder.removePartials(beyond: size) }
  }

  /// A checkpoint that was kept; nil if it isn't whole.
  private static func kept(
    _ size: Int, _ folder: LogFolder, _ key: VerifierKey
  ) -> Checkpoint? {
    guard let bytes = try? InputFile.contents(of: folder.checkpoint(size), upTo: 1 << 17),
      let note = SignedNote(parsing: bytes), note.isSigned(by: key),
      let checkpoint = Checkpoint(note.text), checkpoint.size == size
    else { return nil }
    return checkpoint
  }

  private static func newest(_ folder: LogFolder, _ key: VerifierKey) throws -> Checkpoint? {
    // Killed before its first: nothing is sealed.
    guard InputFile.isReadable(folder.checkpoint) else { return nil }
    let bytes = try InputFile.contents(of: folder.checkpoint, upTo: 1 << 17)
    guard let note = SignedNote(parsing: bytes), note.isSigned(by: key),
      let checkpoint = Checkpoint(note.text), checkpoint.origin == key.name
    else {
      throw PipelineError(
        "can't go on with \(folder.path): its checkpoint isn't signed with its key; see `patchbay "
          + "audit verify`", code: .unusableFile)
    }
    return checkpoint
  }

  /// Takes lines, each with its line feed.
  ///
  /// - Throws: `PipelineError` if a record that was sealed isn't what it was.
  mutating func add(_ lines: [UInt8]) throws {
    if hasEnded { return }
    try lines.withUnsafeBytes { lines in
      var start = 0
      while start < lines.count, let end = lines[start...].firstIndex(of: 0x0A) {
        let line = UnsafeRawBufferPointer(rebasing: lines[start..<end])
        guard try take(line) else {
          hasEnded = true
          return
        }
        start = end + 1
      }
    }
  }

  /// Takes a line; false if it is no record.
  private mutating func take(_ line: UnsafeRawBufferPointer) throws -> Bool {
    if let problem = reader.read(line, recovery.records) {
      if recovery.records >= newest?.size ?? 0 { return false }
      throw changed("record \(recovery.records) \(problem)")
    }
    recovery.keys.add(line)
    let mark = reader.mark?["type"]?.string
    recovery.wasPaused = mark == "log.pause"
    recovery.wasClosed = mark == "log.close"
    tree.append(line)
    recovery.records += 1
    recovery.length += line.count + 1
    if sizes.contains(recovery.records) {
      try tree.publish(tree.snapshot)
      if let newest, newest.size == recovery.records, tree.edge.root != newest.root {
        throw changed("its records aren't those that its checkpoint names")
      }
      try mendCheckpoint()
    }
    return true
  }

  /// Signs a kept checkpoint again that a failure of the machine has spoilt; it says the same.
  private func mendCheckpoint() throws {
    guard let key else { return }
    let path = folder.checkpoint(recovery.records)
    let checkpoint = Checkpoint(
      origin: verifier.name, size: recovery.records, root: tree.edge.root)
    if let bytes = try? InputFile.contents(of: path, upTo: 1 << 17),
      let note = SignedNote(parsing: bytes), note.isSigned(by: verifier),
      Checkpoint(note.text) == checkpoint
    {
      return
    }
    try WholeFile.writeDurably(
      try SignedNote(checkpoint.text, signedWith: key).bytes, to: path)
  }

  /// Ends the reading.
  ///
  /// - Parameter length: how long the file is.
  /// - Throws: `PipelineError` if records that were sealed are missing.
  mutating func finish(_ length: Int) throws {
    if let newest, recovery.records < newest.size {
      throw changed("\(newest.size) records were sealed, and \(recovery.records) are there")
    }
    try tree.publish(tree.snapshot)
    tree.isRebuilt = false
    recovery.tornBytes = length - recovery.length
    recovery.lastTime = Timestamp(reader.time.trimmingCharacters(in: ["\""]))
    recovery.keys.sort()
  }

  private func changed(_ problem: String) -> PipelineError {
    PipelineError(
      "can't go on with \(folder.path): \(problem); see `patchbay audit verify`",
      code: .unusableFile)
  }
}
