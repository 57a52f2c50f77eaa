import Foundation
import PatchbayTesting
import Testing

/// The trials of `Tests/Chaos` in their short form; `make chaos` runs all of them.
@Suite(.needsProgram, .waitsForPrograms, .serialized)
struct ChaosTests {
  @Test(
    arguments: [
      "stops", "kills", "diskfull", "refills", "outages", "weather", "writers", "hangs",
    ])
  func `whatever goes wrong around a run, it ends in time and its files agree`(
    script: String
  ) throws {
    let output = try TemporaryFolder.make() + "/out"
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    let file = try #require(FileHandle(forWritingAtPath: output))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", Program.root.appending(path: "Tests/Chaos/\(script).py").path, "--short",
      "--seed", "2026",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = file
    process.standardError = file
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(Program.text(output))")
  }
}
