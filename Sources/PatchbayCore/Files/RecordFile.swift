import Synchronization
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file of records that one writer appends to, and that ends with its last whole record whatever
/// fails.
///
/// The file is locked while it is open: a second writer, in this process or another, is refused by
/// name. When a write fails half-way, as on a full disk, what it had written is cut off again. A file
/// that is made is readable by its owner alone unless it is made for everybody; one that exists keeps
/// its mode. All calls run on a thread of the file's own.
public final class RecordFile: Sendable {
  /// What happens to what is there already.
  public enum Opening: Sendable {
    /// The file must not exist.
    case new
    /// It is kept; writing goes on behind it.
    case append
  }

  /// How far the file is written.
  private struct State {
    /// Where the last whole record ends.
    var length: Int64
    /// What stands behind it.
    var tail: [UInt8] = []
    /// Whether a write failed, and what it left couldn't be cut off.
    var isTorn = false
  }

  /// The file's path.
  public let path: String
  private let file: SystemFile
  private let lane: BlockingLane
  private let state: Mutex<State>

  private init(_ file: SystemFile, _ lane: BlockingLane, length: Int64) {
    path = file.path
    self.file = file
    self.lane = lane
    state = Mutex(State(length: length))
  }

  deinit { file.close() }

  /// Opens a file, making it if needed.
  ///
  /// - Parameters:
  ///   - path: the file; a regular one.
  ///   - opening: what happens to a file that is there already.
  ///   - isPrivate: whether a new file gets mode 0600, rather than what the process's umask leaves.
  /// - Throws: `PipelineError` with the path and the reason: the system's, or that somebody else
  ///   writes the file, or that it isn't a regular one.
  public static func open(
    _ path: String, _ opening: Opening, isPrivate: Bool = true
  ) async throws -> RecordFile {
    let lane = BlockingLane("patchbay.file")
    // What the lane gives back it may hold for a moment longer: not the one that closes the file.
    let (file, length) = try await lane.run {
      while true {
        let file = try writing(path) { try open(path, opening, isPrivate: isPrivate) }
        do {
          if let length = try lock(file) { return (file, length) }
        } catch {
          file.close()
          throw error
        }
        file.close()
      }
    }
    return RecordFile(file, lane, length: length)
  }

  private static func open(
    _ path: String, _ opening: Opening, isPrivate: Bool
  ) throws -> SystemFile {
    let options: FileDescriptor.OpenOptions =
      opening == .new ? [.create, .exclusiveCreate] : [.create]
    // Not for appending alone: the end of the last record isn't always the end of the file. And
    // without waiting, which a pipe's other end could need.
    return try SystemFile(path, .readWrite, options.union(.nonBlocking), isPrivate: isPrivate)
  }

  /// Locks a file and tells how long it is; nil if the path leads to another one by now.
  ///
  /// Whoever had the lock before may have written until then, or have removed the file.
  private static func lock(_ file: SystemFile) throws -> Int64? {
    let path = file.path
    if case .other(let what) = try writing(path, { try file.status().kind }) {
      throw PipelineError(
        "can't write \(path): it is \(what); name a regular file", code: .unusableFile)
    }
    guard try writing(path, { try file.lockInTime() }) else {
      throw PipelineError(
        "can't write \(path): another run or stage is writing it; name another file, or wait "
          + "until that has ended", code: .fileInUse)
    }
    return try writing(path) { try file.isAtItsPath() ? file.status().length : nil }
  }

  /// Where the last whole record ends, in bytes.
  public var length: Int { Int(state.withLock { $0.length }) }

  /// Appends records; secrets that are known are masked.
  ///
  /// - Parameters:
  ///   - records: whole records, with whatever stands between them.
  ///   - closing: what stands behind the last record, such as a closing bracket; the next records
  ///     take its place.
  /// - Throws: `PipelineError` with the path and the system's reason; nothing of the records is in the
  ///   file then.
  public func append(_ records: [UInt8], closing: [UInt8] = []) async throws {
    try await append([records], closing: closing)
  }

  /// Appends records, each with a system call of its own; secrets that are known are masked.
  ///
  /// The kernel may end a call half-way when the process is killed, but rarely one that is short.
  ///
  /// - Throws: `PipelineError`; nothing of any of the records is in the file then.
  public func append(_ records: [[UInt8]], closing: [UInt8] = []) async throws {
    try await append(unmasked: records.map { KnownSecrets.masked($0) }, closing: closing)
  }

  /// Appends records as they are, for whoever has masked them and goes on from those bytes.
  ///
  /// - Throws: `PipelineError`; nothing of any of the records is in the file then.
  package func append(unmasked records: [[UInt8]], closing: [UInt8] = []) async throws {
    try await lane.run { [self] in try appendNow(records, closing: closing) }
  }

  /// Appends records as they are, on this thread.
  ///
  /// - Throws: `PipelineError`; nothing of any of the records is in the file then.
  package func appendNow(_ records: [[UInt8]], closing: [UInt8] = []) throws {
    try state.withLock { state in
      if state.isTorn { try mend(&state) }
      var end = state.length
      do {
        for record in records {
          let bytes = closing.isEmpty ? record : record + closing
          try file.write(bytes, at: end)
          end += Int64(record.count)
        }
      } catch {
        // It stays torn if even that fails, and the next write tries it again.
        state.isTorn = true
        try? mend(&state)
        throw Self.problem(path, error)
      }
      state.length = end
      state.tail = closing
    }
  }

  /// Lets the next records follow a place before the end of the file; what stands behind it gives way
  /// to them, and comes back if they can't be written.
  ///
  /// - Parameter length: where the last whole record ends.
  /// - Throws: `PipelineError` with the path and the system's reason.
  public func goOn(behind length: Int) async throws {
    let tail = try await read(at: length, count: self.length - length)
    state.withLock { state in
      state.length = Int64(length)
      state.tail = tail
    }
  }

  /// Removes the file, as when nothing could be written to it.
  package func remove() async {
    try? await lane.run { [path] in if Disk.mayRemove(path) { unlink(path) } }
  }

  /// Cuts the file off behind a record, for good.
  ///
  /// - Parameters:
  ///   - length: where the last whole record ends.
  ///   - closing: what stands behind it.
  /// - Throws: `PipelineError` with the path and the system's reason.
  public func cut(to length: Int, closing: [UInt8] = []) async throws {
    try await lane.run { [self] in try cutNow(to: length, closing: closing) }
  }

  /// Cuts the file off behind a record, for good, on this thread.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  package func cutNow(to length: Int, closing: [UInt8] = []) throws {
    try state.withLock { state in
      state.length = Int64(length)
      state.tail = closing
      try mend(&state)
    }
  }

  /// The bytes at a place, fewer than `count` only at the end of the file.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  public func read(at offset: Int, count: Int) async throws -> [UInt8] {
    try await lane.run { [self] in
      do {
        return try file.read(at: Int64(offset), count: count)
      } catch {
        throw PipelineError("can't read \(path): \(error)", code: .unusableFile)
      }
    }
  }

  /// Waits until everything written is on the disk.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  public func synchronize() async throws {
    try await lane.run { [self] in try synchronizeNow() }
  }

  /// Waits on this thread until everything written is on the disk; others may go on writing.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  package func synchronizeNow() throws {
    do {
      try file.synchronize()
    } catch {
      throw PipelineError("can't save \(path): \(error)", code: .unusableFile)
    }
  }

  /// Makes the file end with its last whole record.
  private func mend(_ state: inout State) throws {
    try Self.writing(path) {
      // In place of what was there before the torn record, so that a full disk has room for it.
      if !state.tail.isEmpty {
        try file.write(state.tail, at: state.length)
      }
      try file.resize(to: state.length + Int64(state.tail.count))
    }
    state.isTorn = false
  }

  private static func writing<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      throw problem(path, error)
    }
  }

  private static func problem(_ path: String, _ error: any Error) -> PipelineError {
    error as? PipelineError ?? PipelineError("can't write \(path): \(error)", code: .unusableFile)
  }
}
