import Foundation
import PatchbayTesting
import Testing

/// It is built beside the program, whose place make sets.
private let simulateProgram = ProcessInfo.processInfo.environment["PATCHBAY_BINARY"].map {
  URL(filePath: $0).deletingLastPathComponent().appending(path: "simulate").path
}

/// Runs that meet interleavings, kills and failing disks lose nothing; `make simulate` tries thousands.
@Suite(.serialized, .enabled(if: simulateProgram != nil, "needs the program, as make has it"))
struct SimulationTests {
  private func simulate(_ arguments: [String]) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: try #require(simulateProgram))
    process.arguments = arguments
    process.environment = ["SWIFT_DETERMINISTIC_HASHING": "1"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }

  @Test func `no seed shows what must not be`() throws {
    let result = try simulate(["0", "200"])
    #expect(result.code == 0, "\(result.output)")
  }

  @Test func `a seed shows the same again`() throws {
    let first = try simulate(["40", "10", "--story"])
    #expect(first.output.contains("killed after"))
    #expect(try simulate(["40", "10", "--story"]).output == first.output)
  }
}
