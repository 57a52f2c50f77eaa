#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is written; closed with its last reference.
///
/// A file that it makes is readable by its owner alone, unless it is made for everybody; one that
/// exists keeps its mode.
public final class OutputFile: Sendable {
  /// What happens to what is there already.
  public enum Mode: Sendable {
    /// The file must not exist.
    case new
    /// It is kept; writing goes on behind it.
    case append
    /// It is kept; writes name their place.
    case update
    /// It is emptied first.
    case replace
  }

  private let descriptor: Int32
  /// The file's path.
  public let path: String

  /// Opens a file, making it if needed.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - mode: what happens to a file that is there already.
  ///   - isPrivate: whether a new file gets mode 0600, rather than what the process's umask leaves.
  /// - Throws: `PipelineError` with the path and the system's reason.
  public init(path: String, _ mode: Mode, isPrivate: Bool = true) throws {
    let flags: Int32 =
      switch mode {
      case .new: O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
      case .append: O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
      case .update: O_RDWR | O_CREAT | O_CLOEXEC
      case .replace: O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
      }
    descriptor = open(path, flags, isPrivate ? 0o600 : 0o666)
    self.path = path
    if descriptor < 0 { throw PipelineError("can't write \(path): \(SystemError.text)") }
  }

  deinit { close(descriptor) }

  /// Writes all bytes at the end, or where the last write ended.
  ///
  /// - Throws: `PipelineError` with the system's reason; a part may have been written.
  public func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while let base = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
        #if canImport(Glibc)
          let count = Glibc.write(descriptor, base, rest.count)
        #else
          let count = Darwin.write(descriptor, base, rest.count)
        #endif
        if count < 0, errno == EINTR { continue }
        if count < 0 { throw PipelineError("can't write \(path): \(SystemError.text)") }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Writes all bytes at a place, in one system call where the system allows.
  ///
  /// - Throws: `PipelineError` with the system's reason; a part may have been written.
  public func write(_ bytes: [UInt8], at offset: Int) throws {
    try bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count, let base = buffer.baseAddress {
        let count = pwrite(descriptor, base + done, buffer.count - done, off_t(offset + done))
        if count < 0, errno == EINTR { continue }
        if count < 0 { throw PipelineError("can't write \(path): \(SystemError.text)") }
        done += count
      }
    }
  }

  /// Cuts the file off.
  ///
  /// - Throws: `PipelineError` with the system's reason.
  public func truncate(to length: Int) throws {
    if ftruncate(descriptor, off_t(length)) != 0 {
      throw PipelineError("can't shorten \(path): \(SystemError.text)")
    }
  }

  /// Waits until everything written is on the disk.
  ///
  /// - Throws: `PipelineError` with the system's reason.
  public func synchronize() throws {
    if fsync(descriptor) != 0, errno != EINVAL, errno != EROFS {
      throw PipelineError("can't save \(path): \(SystemError.text)")
    }
  }
}
