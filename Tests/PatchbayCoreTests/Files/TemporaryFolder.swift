import Foundation

/// A folder that exists while a test runs.
enum TemporaryFolder {
  /// Makes a folder, and removes it with all that is in it when the body is over.
  static func run<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "patchbay-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path(percentEncoded: false))
  }

  /// Makes a named pipe.
  static func makePipe(_ path: String) throws {
    if mkfifo(path, 0o600) != 0 { throw CocoaError(.fileWriteUnknown) }
  }

  /// Opens a pipe for reading and writing, which waits for nobody.
  @discardableResult
  static func openBothWays(_ path: String) throws -> FileHandle {
    try FileHandle(forUpdating: URL(filePath: path))
  }

  /// A file's permissions in octal: `600`.
  static func mode(of path: String) throws -> String {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    let mode = attributes[.posixPermissions] as? NSNumber
    return String(mode?.intValue ?? 0, radix: 8)
  }

  static func text(of path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }
}
