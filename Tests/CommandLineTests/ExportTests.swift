import Foundation
import PatchbayTesting
import Testing

/// Exports, metrics and pages, held against those whom they are for: `Tests/Oracles/exports`.
@Suite(.needsProgram, .waitsForPrograms, .serialized, .timeLimit(.minutes(5)))
struct ExportTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let python = environment["PATCHBAY_PYTHON"]
  /// Nil where they aren't: make names the folder whether it is there or not.
  private static let schemas = environment["PATCHBAY_DATA"].map { $0 + "/schemas" }
    .flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }

  private static func program(_ name: String) -> String? {
    ["/usr/bin/\(name)", "/usr/local/bin/\(name)"]
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs a script; gives what it printed last.
  private func check(_ script: String, _ arguments: [String]) throws {
    let output = try TemporaryFolder.make() + "/out"
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    let file = try #require(FileHandle(forWritingAtPath: output))
    let process = Process()
    process.executableURL = URL(filePath: Self.python ?? "")
    process.arguments =
      [
        Program.root.appending(path: "Tests/Oracles/exports/\(script).py").path, Program.path ?? "",
      ] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = file
    process.standardError = file
    try process.run()
    process.waitUntilExit()
    let text = Program.text(output)
    #expect(process.terminationStatus == 0, "\(text.suffix(3_000))")
    #expect(text.contains(" checks passed"))
  }

  @Test(
    .enabled(
      if: python != nil && schemas != nil,
      "PATCHBAY_PYTHON is not set, or PATCHBAY_DATA has no schemas: exports are held against nobody"
    ))
  func `JUnit, CTRF, CSV, CloudEvents and OTLP are what their readers take`() throws {
    try check("exports", [Self.schemas ?? ""])
  }

  @Test(
    .enabled(if: python != nil, "PATCHBAY_PYTHON is not set: nobody looks at a run from beside it"))
  func `a run is looked at from beside it, by its socket`() throws {
    try check("sockets", [])
  }

  @Test(
    .enabled(
      if: python != nil && program("prometheus") != nil,
      "PATCHBAY_PYTHON is not set, or there is no prometheus: metrics are scraped by nobody"))
  func `Prometheus gets a run's counts`() throws {
    try check("metrics", [try #require(Self.program("prometheus"))])
  }

  @Test(
    .enabled(
      if: python != nil && program("chromium") != nil,
      "PATCHBAY_PYTHON is not set, or there is no chromium: nobody looks at the pages"))
  func `a browser shows a run's numbers, and everybody can use the page`() throws {
    try check("dashboard", [try #require(Self.program("chromium"))])
  }
}
