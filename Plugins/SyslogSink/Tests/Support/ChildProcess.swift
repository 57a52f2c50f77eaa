import Foundation

/// Runs another program to its end.
enum ChildProcess {
  static func run(_ path: String, _ arguments: [String]) async throws {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = try await blocking { try output.fileHandleForReading.readToEnd() ?? Data() }
    process.waitUntilExit()
    if process.terminationStatus != 0 {
      throw TestProblem("\(path): \(String(decoding: text, as: UTF8.self))")
    }
  }
}
