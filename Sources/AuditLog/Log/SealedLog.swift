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

  private init(
    _ folder: LogFolder, _ key: SignerKey, _ file: RecordFile, _ tree: LogTree, sealedSize: Int = 0
  ) {
    self.folder = folder
    self.key = key
    self.file = file
    state = Mutex(State(tree: tree, sealedSize: sealedSize))
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
    return SealedLog(
      folder, key, try await RecordFile.open(folder.records, .new), LogTree(folder))
  }

  /// Goes on with a log that wasn't closed.
  ///
  /// Its tree is made anew of its lines and must be what the newest checkpoint says; files of it that are
  /// missing are written again. What stands behind the last whole line goes to `audit.ndjson.torn`.
  ///
  /// - Parameter path: the folder.
  /// - Returns: the log and what was found; no log if it had been closed before the run came to its end, and
  ///   nil if nothing had been written yet.
  /// - Throws: `PipelineError` if it isn't what it was, or with the path and the system's reason.
  static func reopen(at path: String) async throws -> (SealedLog?, LogRecovery)? {
    let folder = LogFolder(path: path)
    guard InputFile.isReadable(folder.records) else { return nil }
    guard InputFile.isReadable(folder.signerKey) else { return try await closed(folder) }
    guard
      let key = SignerKey(
        String(
          decoding: try InputFile.contents(of: folder.signerKey, upTo: 4_096).dropLast(),
          as: UTF8.self))
    else {
      throw PipelineError(
        "can't go on with \(path): \(folder.signerKey) holds no private key", code: .unusableFile)
    }
    let file = try await RecordFile.open(folder.records, .append)
    var lines = LogLines(try await InputFile.open(folder.records), longest: EntryBundle.longest)
    var rebuild = try LogRebuild(folder, key.verifier, key)
    while let block = try await lines.next() {
      rebuild = try await BlockingLane("patchbay.seal").run { [rebuild] in
        var rebuild = rebuild
        try rebuild.add(block)
        return rebuild
      }
    }
    try rebuild.finish(file.length)
    let recovery = rebuild.recovery
    try await setAside(recovery, of: file, folder)
    let log = SealedLog(
      folder, key, file, rebuild.tree, sealedSize: recovery.sealed?.size ?? 0)
    return (log, recovery)
  }

  /// What is found in a log that has no private key any more.
  private static func closed(_ folder: LogFolder) async throws -> (SealedLog?, LogRecovery) {
    let text = String(
      decoding: try InputFile.contents(of: folder.verifierKey, upTo: 4_096).dropLast(),
      as: UTF8.self)
    guard let key = VerifierKey(text) else {
      throw PipelineError(
        "can't go on with \(folder.path): \(folder.verifierKey) holds no key", code: .unusableFile)
    }
    var lines = LogLines(try await InputFile.open(folder.records), longest: EntryBundle.longest)
    var rebuild = try LogRebuild(folder, key, nil)
    while let block = try await lines.next() { try rebuild.add(block) }
    try rebuild.finish(rebuild.recovery.length)
    guard rebuild.recovery.wasClosed else {
      throw PipelineError(
        "can't go on with \(folder.path): it wasn't closed, and its private key is gone",
        code: .unusableFile)
    }
    return (nil, rebuild.recovery)
  }

  /// Keeps what stands behind the last whole line elsewhere, and cuts it off.
  private static func setAside(
    _ recovery: LogRecovery, of file: RecordFile, _ folder: LogFolder
  ) async throws {
    if recovery.tornBytes == 0 { return }
    let torn = try await RecordFile.open(folder.torn, .append)
    try await torn.append(
      unmasked: [try await file.read(at: recovery.length, count: recovery.tornBytes)])
    try await torn.synchronize()
    try await file.cut(to: recovery.length)
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
    try WholeFile.writeDurably(note.bytes, to: folder.checkpoint)
    try folder.keepCheckpoint(note, checkpoint.size)
  }

  /// Seals what is left and waits until all of it is on the disk.
  ///
  /// - Parameter isComplete: whether nothing more will come; it lets go of the private key then.
  /// - Returns: the last checkpoint.
  /// - Throws: `PipelineError` with the path and the system's reason.
  func close(isComplete: Bool) async throws -> Checkpoint {
    let checkpoint = try await seal()
    try await lane.run { [folder] in
      try DiskBarrier.wait(for: folder.path)
      if isComplete, Disk.mayRemove(folder.signerKey) { unlink(folder.signerKey) }
    }
    return checkpoint
  }
}
