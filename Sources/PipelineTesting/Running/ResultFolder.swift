import PatchbayCore
import PatchbayJSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files that a test's run has left.
struct ResultFolder {
  private static let longestFile = 64 << 20

  let path: String

  /// The entries of the first file whose name follows a pattern, `audit/audit.ndjson` in a folder: the elements of a JSON array, or
  /// the lines, as JSON where they are some; nil if there is no such file.
  func entries(of pattern: String) -> [JSONValue]? {
    guard let name = names.sorted().first(where: { Glob.matches(pattern, $0) }),
      let bytes = try? InputFile.contents(of: "\(path)/\(name)", upTo: Self.longestFile)
    else { return nil }
    if let elements = (try? JSONValue(parsing: bytes))?.array { return elements }
    return bytes.split(separator: UInt8(ascii: "\n")).map { line in
      (try? JSONValue(parsing: Array(line))) ?? .string(String(decoding: line, as: UTF8.self))
    }
  }

  /// The files, and those in folders with the folder's name before theirs.
  var names: [String] {
    FolderListing.names(in: path).flatMap { name in
      let inside = FolderListing.names(in: "\(path)/\(name)")
      return inside.isEmpty ? [name] : inside.map { "\(name)/\($0)" }
    }
  }

  func remove() {
    guard let lock = try? FolderLock(path) else { return }
    for name in FolderListing.names(in: path) {
      lock.remove(name)
      lock.removeTree(name)
    }
    lock.removeFolder()
  }
}

/// A folder for the runs of tests, where the system keeps such.
package enum TestFolder {
  /// Makes a new one that only its owner can read.
  ///
  /// - Throws: `PipelineError` with the system's reason.
  package static func make() throws -> String {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/patchbay-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw PipelineError("can't make a folder in \(parent): \(String(cString: strerror(errno)))")
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes it, once the runs have taken their folders away.
  package static func remove(_ path: String) { rmdir(path) }
}
