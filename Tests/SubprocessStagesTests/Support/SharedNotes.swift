#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that several append to at once.
enum SharedNotes {
  /// Appends lines in one piece.
  static func append(_ lines: [String], to path: String) {
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o600)
    defer { close(file) }
    let bytes = lines.flatMap { Array("\($0)\n".utf8) }
    _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
  }
}
