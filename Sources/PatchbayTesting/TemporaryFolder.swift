import PatchbayCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder of its own for one test.
package enum TemporaryFolder {
  private static let made = Mutex<[String]>([])

  /// Makes a new folder under the system's place for such; its path.
  ///
  /// It is removed when the process ends: a test may leave while something still writes there.
  package static func make() throws -> String {
    var random = SystemRandomNumberGenerator()
    let path = "/tmp/patchbay-test-\(UUIDBits.version4(using: &random))"
    try RunDirectory(path: path).create()
    made.withLock { made in
      if made.isEmpty { atexit { TemporaryFolder.removeAll() } }
      made.append(path)
    }
    return path
  }

  /// Removes a folder with everything in it.
  package static func remove(_ path: String) {
    for name in FolderListing.names(in: path) {
      let entry = path + "/" + name
      if unlink(entry) != 0 { remove(entry) }
    }
    rmdir(path)
  }

  private static func removeAll() {
    for path in made.withLock({ $0 }) { remove(path) }
  }
}
