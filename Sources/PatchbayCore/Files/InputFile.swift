#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is read from start to end; closed with its last reference.
public final class InputFile: Sendable {
  private let descriptor: Int32
  private let path: String

  /// Opens a file.
  ///
  /// - Throws: `UnreadableInput` with the path and the system's reason.
  public init(path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    self.path = path
    if descriptor < 0 { throw UnreadableInput("can't read \(path): \(SystemError.text)") }
  }

  deinit { close(descriptor) }

  /// A whole file, cut off after `limit` bytes.
  ///
  /// - Throws: `UnreadableInput` with the path and the system's reason.
  public static func contents(of path: String, upTo limit: Int) throws -> [UInt8] {
    let file = try InputFile(path: path)
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let chunk = try file.read(upTo: min(1 << 16, limit - bytes.count))
      if chunk.isEmpty { break }
      bytes += chunk
    }
    return bytes
  }

  /// The next bytes, at most `count`; empty at the end.
  ///
  /// - Throws: `UnreadableInput` with the path and the system's reason.
  public func read(upTo count: Int) throws -> [UInt8] {
    var failure: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
      var got = -1
      repeat {
        #if canImport(Glibc)
          got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #else
          got = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
      } while got < 0 && errno == EINTR
      if got < 0 { failure = SystemError.text }
      length = max(0, got)
    }
    if let failure { throw UnreadableInput("can't read \(path): \(failure)") }
    return bytes
  }
}

/// The system's last error.
package enum SystemError {
  /// The reason as the system words it.
  package static var text: String { String(cString: strerror(errno)) }
}
