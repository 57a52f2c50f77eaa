import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The folder that holds a run's files, readable by its owner alone.
public struct RunDirectory: Sendable, Equatable {
  /// The folder's path.
  public let path: String

  /// Names a folder; nothing is made.
  public init(path: String) {
    self.path = path
  }

  /// The path of a file in the folder.
  ///
  /// - Throws: `PipelineError` if the name leaves the folder.
  public func path(of name: String) throws -> String {
    // By bytes: as a Character, a slash with an accent is no slash.
    let isPlain = !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    if name.isEmpty || !isPlain || name == ".." || name == "." {
      throw PipelineError("\"\(name)\" is no file name; give one without \"/\"")
    }
    return path + "/" + name
  }

  /// The path of a file that is about to be made; the folder is made if it isn't there.
  ///
  /// - Parameters:
  ///   - name: the file's name.
  ///   - isAudit: whether it is a record for others, which is removed with old runs only if
  ///     `run.keep_audits` says so.
  /// - Throws: `PipelineError` if the name leaves the folder, or the folder can't be made.
  public func makePlace(for name: String, isAudit: Bool = false) throws -> String {
    let path = try path(of: name)
    try create()
    if isAudit { try noteAudit(name) }
    return path
  }

  /// Where a folder keeps the names of its audits, a line each.
  package static let auditList = ".audits"

  /// The names of the audits in the folder.
  package var audits: Set<String> {
    let list = try? InputFile.contents(of: path + "/" + Self.auditList, upTo: 1 << 20)
    let names = (list ?? []).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    return Set(names)
  }

  private func noteAudit(_ name: String) throws {
    if audits.contains(name) { return }
    let list = path + "/" + Self.auditList
    do {
      let file = try SystemFile(list, .writeOnly, [.create, .append])
      defer { file.close() }
      try file.write(Array((name + "\n").utf8))
      try file.synchronize()
    } catch {
      throw PipelineError("can't write \(list): \(error)", code: .unusableFile)
    }
  }

  /// Makes the folder and those above it that are missing.
  ///
  /// - Parameter isPrivate: whether they are for their owner alone, with mode 0700.
  /// - Throws: `PipelineError` with the system's reason.
  package func create(isPrivate: Bool = true) throws {
    var partial = path.hasPrefix("/") ? "/" : ""
    for component in path.split(separator: "/") {
      partial += partial.isEmpty || partial.hasSuffix("/") ? "\(component)" : "/\(component)"
      if mkdir(partial, isPrivate ? 0o700 : 0o777) == 0 { continue }
      // Not `opendir`: that needs a right to list the folder, which passing through doesn't.
      if errno == EEXIST, access(partial + "/.", F_OK) == 0 { continue }
      throw PipelineError(
        "can't make the folder \(partial): \(SystemError.text)", code: .unusableFile)
    }
  }
}
