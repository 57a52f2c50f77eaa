#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Check {
  private static let cure =
    "check the path, which is relative to the working directory, and its permissions"

  /// Whether a file may be read; it isn't opened, so that a pipe keeps what is in it.
  package static func readableFile(_ path: String) -> Check {
    problem(with: path, R_OK).map { .bad("input file", "can't read \(path): \($0)", cure: cure) }
      ?? .good("input file", "\(path) may be read")
  }

  /// Whether a file may be started as a program; it isn't.
  package static func executableFile(_ path: String) -> Check {
    problem(with: path, X_OK).map { .bad("program", "can't start \(path): \($0)", cure: cure) }
      ?? .good("program", "\(path) may be started; its arguments weren't looked at")
  }

  /// Whether a folder may be made, or is there and may be written to; it isn't made.
  package static func writableFolder(_ path: String) -> Check {
    var place = path.isEmpty ? "." : path
    while access(place, F_OK) != 0, errno == ENOENT || errno == ENOTDIR {
      let parent = place.split(separator: "/").dropLast().joined(separator: "/")
      let next = place.hasPrefix("/") ? "/\(parent)" : parent.isEmpty ? "." : parent
      if next == place { break }
      place = next
    }
    if !isFolder(place) {
      let reason = access(place, F_OK) == 0 ? "\(place) is no folder" : SystemError.text
      return .bad("run folder", "can't make \(path): \(reason)", cure: cure)
    }
    return access(place, W_OK | X_OK) == 0
      ? .good("run folder", "\(path) may be written to")
      : .bad("run folder", "can't write to \(place): \(SystemError.text)", cure: cure)
  }

  /// Why a file can't be used; nil if it can.
  private static func problem(with path: String, _ mode: Int32) -> String? {
    if access(path, mode) != 0 { return SystemError.text }
    return isFolder(path) ? "it is a folder" : nil
  }

  private static func isFolder(_ path: String) -> Bool {
    // Not `opendir`, which needs a right to list it.
    access(path + "/.", F_OK) == 0
  }
}
