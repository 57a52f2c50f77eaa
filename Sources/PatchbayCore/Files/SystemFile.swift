import CFileSystem
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A descriptor and its path, with what `FileDescriptor` lacks; every call may block.
struct SystemFile: Sendable {
  /// What a path leads to.
  enum Kind: Sendable, Equatable {
    case regular
    case other(String)
  }

  /// How often a lock is tried that somebody else has, and how long between, in microseconds.
  private static let lockTries = 40
  private static let lockPause: UInt32 = 5_000

  let descriptor: FileDescriptor
  let path: String
  private let simulation: (any DiskSimulation)?

  /// Takes over a descriptor that is open.
  init(descriptor: FileDescriptor, path: String) {
    self.descriptor = descriptor
    self.path = path
    simulation = nil
  }

  /// Opens a file.
  ///
  /// - Throws: `Errno`.
  init(
    _ path: String, _ mode: FileDescriptor.AccessMode, _ options: FileDescriptor.OpenOptions = [],
    isPrivate: Bool = true
  ) throws {
    self.path = path
    simulation = Disk.simulation
    if mode != .readOnly { try simulation?.demand(.open(path)) }
    descriptor = try FileDescriptor.open(
      FilePath(path), mode, options: options.union(.closeOnExec),
      permissions: FilePermissions(rawValue: isPrivate ? 0o600 : 0o666))
    simulation?.opened(path, descriptor)
  }

  func close() {
    simulation?.closing(descriptor)
    try? descriptor.close()
  }

  /// Writes bytes where the file stands.
  func write(_ bytes: [UInt8]) throws {
    try admitted(bytes) { try descriptor.writeAll($0) }
  }

  /// Writes bytes at a place.
  func write(_ bytes: [UInt8], at offset: Int64) throws {
    try admitted(bytes) { try descriptor.writeAll(toAbsoluteOffset: offset, $0) }
  }

  private func admitted(_ bytes: [UInt8], _ write: ([UInt8]) throws -> Int) throws {
    if let simulation,
      case .part(let count, let problem) = simulation.admit(
        .write(path, bytes: bytes.count))
    {
      _ = try write(Array(bytes.prefix(count)))
      throw problem
    }
    _ = try write(bytes)
  }

  /// Makes the file so long.
  func resize(to length: Int64) throws {
    try simulation?.demand(.resize(path))
    try descriptor.resize(to: length)
  }

  /// What it is, and how long.
  func status() throws -> (kind: Kind, length: Int64) {
    var status = stat()
    guard fstat(descriptor.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .other("a folder")
      case S_IFIFO: .other("a pipe")
      case S_IFSOCK: .other("a socket")
      default: .other("a device")
      }
    return (kind, Int64(status.st_size))
  }

  /// Whether its path still leads to it: it may have been removed, or another one put in its place.
  func isAtItsPath() throws -> Bool {
    var own = stat()
    guard fstat(descriptor.rawValue, &own) == 0 else { throw Errno(rawValue: errno) }
    var there = stat()
    guard stat(path, &there) == 0 else {
      if errno == ENOENT { return false }
      throw Errno(rawValue: errno)
    }
    return (own.st_dev, own.st_ino) == (there.st_dev, there.st_ino)
  }

  /// Takes the file for this descriptor alone; false if somebody else has it and keeps it.
  ///
  /// A program that is being started has the descriptors of the one that starts it until it begins, and
  /// with them the locks of files that are closed here meanwhile: that passes.
  func lockInTime() throws -> Bool {
    for _ in 0..<Self.lockTries {
      if try lock() { return true }
      usleep(Self.lockPause)
    }
    return try lock()
  }

  /// Takes the file for this descriptor alone; false if somebody else has it.
  func lock() throws -> Bool {
    while flock(descriptor.rawValue, LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return false }
      if errno != EINTR { throw Errno(rawValue: errno) }
    }
    return true
  }

  /// Waits until everything written is on the disk.
  ///
  /// File systems that can't say so are taken at their word.
  func synchronize() throws {
    try simulation?.demand(.save(path))
    #if canImport(Darwin)
      let result = fsync(descriptor.rawValue)
    #else
      let result = fdatasync(descriptor.rawValue)
    #endif
    if result != 0, errno != EINVAL, errno != EROFS { throw Errno(rawValue: errno) }
    simulation?.saved(path)
  }

  /// Lets the system begin to write the file out, so that a later wait for all of many finds little left.
  func startWritingOut() { patchbay_start_writing_out(descriptor.rawValue) }

  /// The next bytes, at most `count`; empty at the end.
  func read(upTo count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
      length = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// The bytes at a place, fewer than `count` only at the end of the file.
  func read(at offset: Int64, count: Int) throws -> [UInt8] {
    let count = max(0, count)
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
      let whole = UnsafeMutableRawBufferPointer(buffer)
      while length < count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: whole[length...])
        let got = try descriptor.read(fromAbsoluteOffset: offset + Int64(length), into: rest)
        if got == 0 { break }
        length += got
      }
    }
  }
}

extension DiskSimulation {
  /// Throws what keeps a change from being made.
  func demand(_ change: DiskChange) throws {
    if case .part(_, let problem) = admit(change) { throw problem }
  }
}
