import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting

/// The built program, run as a user would.
struct Program {
  /// How a run of it ended.
  struct Result {
    let code: Int32
    let output: String
    let errors: String

    var lastLine: String? { output.split(separator: "\n").last.map(String.init) }
  }

  /// Set by make; without it these tests are skipped.
  static let path = ProcessInfo.processInfo.environment["PATCHBAY_BINARY"]

  /// The repository.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Starts the program with its output going to files.
  static func start(
    _ arguments: [String], folder: String, environment: [String: String] = [:]
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: path ?? "")
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    var variables = ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("GENESYS_") && !$0.key.hasPrefix("TEST_") && !$0.key.hasPrefix("QA_")
    }
    variables.merge(environment) { $1 }
    process.environment = variables
    process.standardInput = FileHandle.nullDevice
    for name in ["out", "err"] {
      _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: nil)
    }
    process.standardOutput = FileHandle(forWritingAtPath: folder + "/out")
    process.standardError = FileHandle(forWritingAtPath: folder + "/err")
    try process.run()
    return process
  }

  /// Waits for the end and reads what it printed.
  static func finish(_ process: Process, folder: String) -> Result {
    process.waitUntilExit()
    return Result(
      code: process.terminationStatus, output: text(folder + "/out"), errors: text(folder + "/err"))
  }

  /// The processor time that it takes, in seconds, as the shell measures it.
  static func processorSeconds(_ arguments: [String]) throws -> Double {
    let folder = try TemporaryFolder.make()
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", #""$0" "$@" >/dev/null 2>&1; times"#, path ?? ""] + arguments
    let output = Pipe()
    shell.standardOutput = output
    shell.currentDirectoryURL = URL(filePath: folder)
    try shell.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    // The second line is of the children: `0m0.012s 0m0.004s`, user and system.
    let times = text.split(separator: "\n").last?.split(separator: " ") ?? []
    return times.reduce(0) { sum, time in
      let parts = time.dropLast().split(separator: "m").compactMap { Double($0) }
      return sum + (parts.count == 2 ? parts[0] * 60 + parts[1] : .infinity)
    }
  }

  static func run(
    _ arguments: [String], folder: String? = nil, environment: [String: String] = [:]
  ) throws -> Result {
    let folder = try folder ?? TemporaryFolder.make()
    let process = try start(arguments, folder: folder, environment: environment)
    return finish(process, folder: folder)
  }

  static func text(_ path: String) -> String {
    (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }

  /// The one file in the one run folder whose name has this start.
  static func runFile(_ prefix: String, in folder: String) throws -> String? {
    let manager = FileManager.default
    let names = try manager.contentsOfDirectory(atPath: folder + "/runs")
    // Not what lies beside them.
    let runs = names.filter { $0.first?.isNumber ?? false }.sorted()
    guard let run = runs.last else { return nil }
    let files = try manager.contentsOfDirectory(atPath: "\(folder)/runs/\(run)")
    return files.first { $0.hasPrefix(prefix) }.map { "\(folder)/runs/\(run)/\($0)" }
  }

  /// The records of events in the newest run's audit log.
  static func auditRecords(in folder: String) throws -> [JSONValue] {
    guard let audit = try runFile("audit", in: folder) else { return [] }
    return try text(audit + "/audit.ndjson").split(separator: "\n")
      .map { try JSONValue(parsing: Array($0.utf8)) }
      .filter { $0["type"] == "event" }
  }
}
