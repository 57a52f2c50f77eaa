#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is in a folder.
package enum FolderListing {
  /// The names in the folder, in no order, without `.` and `..`; none if it can't be read.
  package static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    return names(in: folder)
  }

  #if canImport(Glibc)
    /// An open folder.
    typealias Stream = OpaquePointer
  #else
    /// An open folder.
    typealias Stream = UnsafeMutablePointer<DIR>
  #endif

  /// The names in a folder that is open, in no order, without `.` and `..`.
  static func names(in folder: Stream) -> [String] {
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
