#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Check {
  /// Whether a file may be read; it isn't opened, so that a pipe keeps what is in it.
  package static func readableFile(_ path: String) -> Check {
    access(path, R_OK) == 0
      ? .good("input file", "\(path) may be read")
      : .bad(
        "input file", "can't read \(path): \(SystemError.text)",
        cure: "check the path, which is relative to the working directory, and its permissions")
  }

  /// Whether a file may be started as a program; it isn't.
  package static func executableFile(_ path: String, _ subject: String) -> Check {
    access(path, X_OK) == 0
      ? .good(subject, "\(path) may be started")
      : .bad(
        subject, "can't start \(path): \(SystemError.text)",
        cure: "check the path, which is relative to the working directory, and its permissions")
  }
}
