#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a path leads, however it is spelt: two stages that would write one file are found before a
/// run.
public enum FilePlace {
  /// What `ResourceUser.resources` calls a file.
  ///
  /// Links are followed as far as they are there now; nothing is opened.
  ///
  /// - Parameter path: the file, absolute or from the working directory; it need not exist.
  public static func resource(_ path: String) -> String { "file \(resolved(path))" }

  /// What `ResourceUser.resources` calls a file in the run's folder.
  public static func resource(inRunFolder name: String) -> String {
    "file \(name) in the run's folder"
  }

  /// How many links may lead to each other.
  private static let mostLinks = 40

  /// The path without links, dots and doubled slashes.
  private static func resolved(_ path: String, links: Int = 0) -> String {
    if let whole = real(path) { return whole }
    // A link may lead to a file that isn't there yet.
    if links < mostLinks, let target = target(of: path) {
      let folder = path.hasSuffix("/") ? path : String(path.prefix(upTo: afterLastSlash(path)))
      return resolved(target.hasPrefix("/") ? target : folder + target, links: links + 1)
    }
    // What isn't there yet leads where its folder does.
    var components = path.split(separator: "/").map(String.init).filter { $0 != "." }
    guard let name = components.popLast(), name != ".." else { return path }
    let root = path.hasPrefix("/") ? "/" : ""
    let folder = components.isEmpty ? (root.isEmpty ? "." : root) : root + joined(components)
    guard let parent = real(folder) else { return root + joined(components + [name]) }
    return parent == "/" ? "/" + name : parent + "/" + name
  }

  private static func afterLastSlash(_ path: String) -> String.Index {
    path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
  }

  /// Where a link leads; nil if the path is none.
  private static func target(of path: String) -> String? {
    let bytes = [UInt8](unsafeUninitializedCapacity: 4_096) { buffer, count in
      count = buffer.withMemoryRebound(to: CChar.self) { text in
        text.baseAddress.map { max(0, readlink(path, $0, text.count)) } ?? 0
      }
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  private static func joined(_ components: [String]) -> String {
    components.joined(separator: "/")
  }

  private static func real(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}
