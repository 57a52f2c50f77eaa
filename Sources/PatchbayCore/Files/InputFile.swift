import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file, a pipe or a device that is read from start to end; closed with its last reference.
///
/// Opening and reading may wait for somebody else, for ever perhaps: they run on a thread of the
/// file's own, and end for a task that is cancelled.
public final class InputFile: ByteInput {
  private let file: SystemFile
  private let lane: BlockingLane
  private let isOwned: Bool

  private init(_ file: SystemFile, _ lane: BlockingLane, isOwned: Bool = true) {
    self.file = file
    self.lane = lane
    self.isOwned = isOwned
  }

  deinit {
    if isOwned { file.close() }
  }

  /// Opens a file.
  ///
  /// - Throws: `UnreadableInput` with the path and the system's reason; `CancellationError` as soon as
  ///   the task is cancelled.
  public static func open(_ path: String) async throws -> InputFile {
    let lane = BlockingLane("patchbay.input")
    return try await lane.runUnlessCancelled {
      InputFile(try reading(path) { try SystemFile(path, .readOnly) }, lane)
    }
  }

  /// The program's standard input.
  package static func standard() -> InputFile {
    let file = SystemFile(descriptor: .standardInput, path: "standard input")
    return InputFile(file, BlockingLane("patchbay.input"), isOwned: false)
  }

  /// A whole file, cut off after `limit` bytes.
  ///
  /// It blocks; for what is read before a run.
  ///
  /// - Throws: `UnreadableInput` with the path and the system's reason.
  public static func contents(of path: String, upTo limit: Int) throws -> [UInt8] {
    try reading(path) {
      let file = try SystemFile(path, .readOnly)
      defer { file.close() }
      // In one piece where a file says how long it is, as most do.
      let length = Int(clamping: try file.status().length)
      var bytes = try file.read(upTo: min(max(length, 1 << 12), limit))
      while !bytes.isEmpty, bytes.count < limit {
        let chunk = try file.read(upTo: min(1 << 16, limit - bytes.count))
        if chunk.isEmpty { break }
        bytes += chunk
      }
      return bytes
    }
  }

  /// Whether there is something at a path that this process may read; whatever it is, it isn't opened.
  package static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// The next bytes, at most `count`; empty at the end.
  ///
  /// - Throws: `UnreadableInput` with the path and the system's reason; `CancellationError` as soon as
  ///   the task is cancelled.
  public func read(upTo count: Int) async throws -> [UInt8] {
    try await lane.runUnlessCancelled { [file] in
      try Self.reading(file.path) { try file.read(upTo: count) }
    }
  }

  /// Whether nothing more can come: its path leads to another file, or it is shorter than what was read of it.
  ///
  /// A file whose path leads nowhere may be about to get another; until then more can come.
  ///
  /// - Parameter count: how many bytes were read of it.
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  package func isReplaced(after count: Int) async throws -> Bool {
    try await lane.runUnlessCancelled { [file] in
      try Self.reading(file.path) {
        if access(file.path, F_OK) == 0, try !file.isAtItsPath() { return true }
        return try file.status().length < count
      }
    }
  }

  private static func reading<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      throw UnreadableInput("can't read \(path): \(error)")
    }
  }
}
