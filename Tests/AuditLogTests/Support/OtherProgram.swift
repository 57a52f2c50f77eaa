import Foundation

/// A program of somebody else that judges what we wrote.
struct OtherProgram {
  private static let environment = ProcessInfo.processInfo.environment

  let path: String

  /// Our checker on Go's packages.
  static let goChecker = inCheckers("check-log")
  /// A verifier from PyPI.
  static let tlog = inCheckers("aics-tlog")
  /// A Python with the packages of `scripts/requirements.txt`.
  static let python = environment["PATCHBAY_PYTHON"].flatMap { OtherProgram($0) }

  private static func inCheckers(_ name: String) -> OtherProgram? {
    environment["PATCHBAY_LOG_CHECKERS"].flatMap { OtherProgram("\($0)/bin/\(name)") }
  }

  private init?(_ path: String) {
    guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
    self.path = path
  }

  /// Runs it; true if it ended well.
  func accepts(_ arguments: String...) throws -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
