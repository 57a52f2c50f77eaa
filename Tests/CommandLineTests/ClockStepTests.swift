import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// The system's date is set back by an hour while a run waits.
@Suite(.needsProgram, .waitsForPrograms)
struct ClockStepTests {
  private static let config = #"""
    {
      "sources": {
        "desk": {
          "type": "scenario", "agents": 1, "interactions_per_agent": 2, "dwell": "100ms"
        }
      },
      "sinks": { "out": { "type": "stdout", "inputs": ["desk"], "format": "json" } }
    }
    """#

  /// Builds the library that steps the date.
  private func library(in folder: String) throws -> String {
    let source = Program.root.appending(path: "Tests/Fixtures/clock/step.c").path
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = ["clang", "-shared", "-fPIC", "-o", folder + "/step.so", source, "-ldl"]
    try compiler.run()
    compiler.waitUntilExit()
    #expect(compiler.terminationStatus == 0)
    return folder + "/step.so"
  }

  @Test func `waits go on as if nothing had happened, and so do times`() throws {
    let folder = try TemporaryFolder.make()
    try Self.config.write(toFile: folder + "/config.json", atomically: true, encoding: .utf8)
    let step = folder + "/step"
    let process = try Program.start(
      ["run"], folder: folder,
      environment: ["LD_PRELOAD": try library(in: folder), "STEP_FILE": step])
    let lines = { Program.text(folder + "/out").split(separator: "\n") }
    while process.isRunning, lines().count < 2 { Thread.sleep(forTimeInterval: 0.01) }
    _ = FileManager.default.createFile(atPath: step, contents: nil)
    let stepped = lines().count
    let result = Program.finish(process, folder: folder)
    #expect(result.code == 0, "\(result.errors)")
    #expect(lines().count == 12 && stepped < 12)
    let times = try lines().map { line in
      let text = try JSONValue(parsing: String(line))["timestamp"]?.string
      return try #require(text.flatMap { Timestamp($0) })
    }
    for (time, next) in zip(times, times.dropFirst()) {
      #expect(next >= time && next.nanosecondsSince(time) < 3_000_000_000_000)
    }
  }
}
