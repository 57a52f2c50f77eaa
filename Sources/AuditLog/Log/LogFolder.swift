import PatchbayCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the files of a log lie, in a folder of its own.
package struct LogFolder: Sendable, Equatable {
  /// The folder's path.
  package let path: String

  /// Names a folder; nothing is made.
  package init(path: String) { self.path = path }

  /// The records, a line each.
  package var records: String { path + "/audit.ndjson" }
  /// Bytes of records that weren't whole when the log was gone on with.
  package var torn: String { path + "/audit.ndjson.torn" }
  /// The newest checkpoint, as a signed note.
  package var checkpoint: String { path + "/checkpoint" }
  /// Every checkpoint, by the number of its records.
  package var checkpoints: String { path + "/checkpoints" }
  /// The public key.
  package var verifierKey: String { path + "/log.vkey" }
  /// The private key, while the log isn't closed.
  package var signerKey: String { path + "/log.key" }

  /// Where a checkpoint is kept.
  package func checkpoint(_ size: Int) -> String { "\(checkpoints)/\(size)" }

  /// A file of the tree.
  package func file(_ tilePath: String) -> String { "\(path)/\(tilePath)" }

  /// Keeps the newest checkpoint among all others, under another name of the same file.
  ///
  /// So it is never there by half. Where a file can't have two names it is written once more.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  func keepCheckpoint(_ note: SignedNote, _ size: Int) throws {
    let path = checkpoint(size)
    guard Disk.mayRemove(path) else { return }
    if link(checkpoint, path) == 0 { return }
    if errno == EEXIST {
      unlink(path)
      if link(checkpoint, path) == 0 { return }
    }
    try WholeFile.writePlainly(note.bytes, to: path)
  }
}
