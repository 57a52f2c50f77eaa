import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is written all at once: afterwards it is whole or as it was before.
public enum WholeFile {
  /// Writes a file, in place of one that may be there.
  ///
  /// Secrets that are known are masked. What isn't a regular file, such as `/dev/stdout`, is written to as it is.
  ///
  /// - Parameters:
  ///   - bytes: all of it.
  ///   - path: the file.
  ///   - isPrivate: whether it gets mode 0600, rather than what the process's umask leaves.
  /// - Throws: `PipelineError` with the path and the system's reason.
  public static func write(_ bytes: [UInt8], to path: String, isPrivate: Bool = true) async throws {
    let bytes = KnownSecrets.masked(bytes)
    try await BlockingLane("patchbay.file").run {
      do {
        if try isSpecial(path) {
          try writeThrough(bytes, path)
        } else {
          try replace(bytes, path, isPrivate)
        }
      } catch {
        throw PipelineError("can't write \(path): \(error)", code: .unusableFile)
      }
    }
  }

  /// Removes a file that is about to be written anew, so that nobody takes it for the new one if that
  /// never comes; what isn't a regular file stays.
  ///
  /// - Parameter path: the file, which may be missing.
  package static func discard(_ path: String) async throws {
    try await BlockingLane("patchbay.file").run {
      guard access(path, F_OK) == 0, try !isSpecial(path), Disk.mayRemove(path) else { return }
      unlink(resolved(path))
    }
  }

  /// Writes a file on this thread, in place of one that may be there, and waits until it is on the disk,
  /// under its name; nothing is masked.
  ///
  /// - Parameters:
  ///   - bytes: all of it.
  ///   - path: the file, in a folder that is there.
  /// - Throws: `PipelineError` with the path and the system's reason.
  package static func writeDurably(_ bytes: [UInt8], to path: String) throws {
    do {
      try replace(bytes, path, true)
      try synchronizeFolder(of: path)
    } catch {
      throw PipelineError("can't write \(path): \(error)", code: .unusableFile)
    }
  }

  /// Writes a file on this thread that nothing refers to yet; nothing is masked.
  ///
  /// If this is cut short, a part of the file is there.
  ///
  /// - Parameters:
  ///   - bytes: all of it.
  ///   - path: the file, in a folder that is there.
  /// - Throws: `PipelineError` with the path and the system's reason.
  package static func writePlainly(_ bytes: [UInt8], to path: String) throws {
    do {
      let file = try SystemFile(path, .writeOnly, [.create, .truncate, .noFollow])
      defer { file.close() }
      try file.write(bytes)
      file.startWritingOut()
    } catch {
      throw PipelineError("can't write \(path): \(error)", code: .unusableFile)
    }
  }

  /// Waits on this thread until a file is on the disk under its name, as far as its folder is concerned.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  package static func saveName(of path: String) throws {
    do {
      try synchronizeFolder(of: path)
    } catch {
      throw PipelineError("can't save \(path): \(error)", code: .unusableFile)
    }
  }

  /// Waits until the names in a file's folder are on the disk.
  private static func synchronizeFolder(of path: String) throws {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let file = try SystemFile(folder, .readOnly, .directory)
    defer { file.close() }
    try file.synchronize()
    Disk.simulation?.savedNames(in: folder, isDeep: false)
  }

  /// What stands between a file's name and a number while it is being written.
  private static let draftMark = ".new-"
  /// As many digits as 64 bits have to the base 36, so that hardly any other name looks the same.
  private static let draftDigits = 13

  private static func draftNumber() -> String {
    let number = String(UInt64.random(in: 0 ... .max), radix: 36)
    return String(repeating: "0", count: draftDigits - number.count) + number
  }

  /// Whether a file of that name is one that was being written, and never became what it was to be.
  static func isDraft(_ name: String) -> Bool {
    let number = name.suffix(draftDigits)
    return number.count == draftDigits
      && number.allSatisfy { "0"..."9" ~= $0 || "a"..."z" ~= $0 }
      && name.dropLast(draftDigits).hasSuffix(draftMark)
  }

  private static func isSpecial(_ path: String) throws -> Bool {
    guard access(path, F_OK) == 0 else { return false }
    let file = try SystemFile(path, .readOnly, .nonBlocking)
    defer { file.close() }
    let kind = try file.status().kind
    if kind == .other("a folder") { throw Errno.isDirectory }
    return kind != .regular
  }

  private static func writeThrough(_ bytes: [UInt8], _ path: String) throws {
    let file = try SystemFile(path, .writeOnly)
    defer { file.close() }
    try file.write(bytes)
  }

  private static func replace(_ bytes: [UInt8], _ path: String, _ isPrivate: Bool) throws {
    // A link leads to what is to be replaced; it stays.
    let target = resolved(path)
    let draft = target + draftMark + draftNumber()
    let file = try SystemFile(draft, .writeOnly, [.create, .exclusiveCreate], isPrivate: isPrivate)
    do {
      defer { file.close() }
      try file.write(bytes)
      try file.synchronize()
      try Disk.simulation?.demand(.replace(target))
      Disk.simulation?.replacing(target)
      guard rename(draft, target) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      unlink(draft)
      throw error
    }
  }

  private static func resolved(_ path: String) -> String {
    guard let pointer = realpath(path, nil) else { return path }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}
