import PatchbayCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file of lines that is sealed from time to time: a signed checkpoint names how many there are, and the
/// root of a Merkle tree over them.
///
/// The order on the disk: lines; then tiles and bundles, which can be made again of them; then the
/// checkpoint, which never names a line that isn't there. The private key lies beside the log until it is
/// closed, so that a run that was killed can be gone on with; then it is gone.
final class SealedLog: Sendable {
  private struct State {
    var tree: LogTree
    /// How many lines the newest checkpoint names.
    var sealedSize = 0
  }

  let folder: LogFolder
  private let key: SignerKey
  private let file: RecordFile
  /// Hashes lines while others are written.
  private let lane = BlockingLane("patchbay.seal")
  /// Waits for the disk while others are written and hashed.
  private let disk = BlockingLane("patchbay.disk")
  private let state: Mutex<State>

  private init(_ folder: LogFolder, _ key: SignerKey, _ file: RecordFile) {
    self.folder = folder
    self.key = key
    self.file = file
    state = Mutex(State(tree: LogTree(folder)))
  }

  /// Makes a log in a folder of its own.
  ///
  /// - Parameters:
  ///   - path: the folder, which must not be there.
  ///   - name: what the log calls itself; without blanks or plus signs.
  /// - Throws: `PipelineError` with the path and the system's reason.
  static func make(at path: String, named name: String) async throws -> SealedLog {
    let folder = LogFolder(path: path)
    let key = SignerKey(name: name)
    try await BlockingLane("patchbay.seal").run {
      try RunDirectory(path: folder.checkpoints).create()
      try WholeFile.writeDurably(Array((key.text + "\n").utf8), to: folder.signerKey)
      try WholeFile.writeDurably(
        Array((key.verifier.text + "\n").utf8), to: folder.verifierKey)
    }
    return SealedLog(folder, key, try await RecordFile.open(folder.records, .new))
  }

  /// By which others check the log.
  var verifierKey: VerifierKey { key.verifier }

  /// What attributes are hashed with, so that the same value is known again in this log alone.
  var salt: [UInt8] { key.secret(for: "attributes") }

  /// How many bytes of records there are.
  var length: Int { file.length }

  /// Appends lines; call it on one task.
  ///
  /// - Parameter lines: records without secrets, each with its line feed.
  /// - Throws: `PipelineError` with the path and the system's reason; none of them is in the log then.
  func append(_ lines: [UInt8]) async throws {
    try await file.append(unmasked: [lines])
    lane.begin { [self] in state.withLock { $0.tree.append(lines) } }
  }

  /// Seals all lines that were appended before.
  ///
  /// - Returns: the newest checkpoint, which may name more.
  /// - Throws: `PipelineError` with the path and the system's reason; the log is valid up to the
  ///   checkpoint before.
  @discardableResult
  func seal() async throws -> Checkpoint {
    let snapshot = try await lane.run { [self] in state.withLock { $0.tree.snapshot } }
    try await disk.run { [file] in try file.synchronizeNow() }
    return try await lane.run { [self] in
      try state.withLock { state in
        let edge = snapshot.edge
        let checkpoint = Checkpoint(origin: key.verifier.name, size: edge.size, root: edge.root)
        // One that is older than the newest is never signed.
        if edge.size <= state.sealedSize { return checkpoint }
        try state.tree.publish(snapshot)
        try publish(checkpoint)
        state.sealedSize = edge.size
        return checkpoint
      }
    }
  }

  private func publish(_ checkpoint: Checkpoint) throws {
    let note: SignedNote
    do {
      note = try SignedNote(checkpoint.text, signedWith: key)
    } catch {
      throw PipelineError("can't sign \(folder.checkpoint): \(error)")
    }
    try WholeFile.writePlainly(note.bytes, to: folder.checkpoint(checkpoint.size))
    try WholeFile.writeDurably(note.bytes, to: folder.checkpoint)
  }

  /// Seals what is left, waits until all of it is on the disk, and lets go of the private key.
  ///
  /// - Returns: the last checkpoint.
  /// - Throws: `PipelineError` with the path and the system's reason.
  func close() async throws -> Checkpoint {
    let checkpoint = try await seal()
    try await lane.run { [folder] in
      try DiskBarrier.wait(for: folder.path)
      unlink(folder.signerKey)
    }
    return checkpoint
  }
}
