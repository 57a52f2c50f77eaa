import Foundation
import PatchbayTesting
import Testing

/// Runs that meet interleavings, kills and failing disks lose nothing; `make simulate` tries thousands.
@Suite(.serialized)
struct SimulationTests {
  /// The program beside the one that runs the tests' bundle.
  private static let program = Bundle.allBundles.map(\.bundleURL).map {
    $0.deletingLastPathComponent().appending(path: "simulate").path
  }.first { FileManager.default.isExecutableFile(atPath: $0) }

  private func simulate(_ arguments: [String]) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.program))
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
