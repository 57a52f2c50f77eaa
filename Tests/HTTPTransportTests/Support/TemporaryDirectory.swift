import Glibc
import PatchbayTesting

/// A directory that exists while a test runs.
enum TemporaryDirectory {
  /// Makes a directory, and removes it with all that is in it when the body is over.
  static func run<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    var template = Array("/tmp/http-transport-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp") }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { remove(path) }
    return try await body(path)
  }

  static func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "we") else { throw SystemError("fopen") }
    defer { fclose(file) }
    guard fputs(text, file) >= 0 else { throw SystemError("fputs") }
  }

  /// What a file holds, as far as a few kilobytes go.
  static func read(_ path: String) throws -> String {
    guard let file = fopen(path, "re") else { throw SystemError("fopen") }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  private static func remove(_ path: String) {
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != "." && name != ".." { remove(path + "/" + name) }
      }
      closedir(directory)
    }
    Glibc.remove(path)
  }
}
