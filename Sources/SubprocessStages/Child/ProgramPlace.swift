#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a program is looked for, and why it can't be started from there.
enum ProgramPlace {
  /// What keeps a program from being started, as the rest of a sentence.
  ///
  /// - Parameter program: a path if it has a slash, else a name that the folders of PATH are searched for.
  static func problem(with program: String) -> String {
    if program.contains("/") { return problem(at: program) ?? "the system doesn't say why" }
    let folders = getenv("PATH").map { String(cString: $0) } ?? ""
    for folder in folders.split(separator: ":") {
      let path = "\(folder)/\(program)"
      if access(path, F_OK) == 0, let problem = problem(at: path) { return "\(path): \(problem)" }
    }
    return "it is in no folder of PATH"
  }

  private static func problem(at path: String) -> String? {
    if access(path, F_OK) != 0 { return "there is no such program" }
    if access(path + "/.", F_OK) == 0 { return "it is a folder" }
    if access(path, X_OK) != 0 { return "it isn't executable (chmod +x makes it so)" }
    return nil
  }
}
