import PatchbayCore

/// Where the files of a log lie, in a folder of its own.
package struct LogFolder: Sendable, Equatable {
  /// The folder's path.
  package let path: String

  /// Names a folder; nothing is made.
  package init(path: String) { self.path = path }

  /// The records, a line each.
  package var records: String { path + "/audit.ndjson" }
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
}
