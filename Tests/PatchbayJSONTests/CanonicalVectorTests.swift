import Foundation
import PatchbayJSON
import Testing

/// The test vectors that RFC 8785's author publishes.
struct CanonicalVectorTests {
  /// Nil where there are none: make names the folder whether it is there or not.
  private static let folder = ProcessInfo.processInfo.environment["PATCHBAY_DATA"]
    .map { URL(filePath: $0).appending(path: "vectors/jcs/testdata") }
    .flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }

  @Test(
    .enabled(
      if: folder != nil,
      "SKIPPED: the RFC 8785 vectors; set PATCHBAY_DATA to the folder that has vectors/jcs"),
    arguments: ["arrays", "french", "structures", "unicode", "values", "weird"])
  func `a published vector has the published canonical form`(name: String) throws {
    let folder = try #require(Self.folder)
    let input = try Data(contentsOf: folder.appending(path: "input/\(name).json"))
    let output = try Data(contentsOf: folder.appending(path: "output/\(name).json"))
    let hex = try String(
      contentsOf: folder.appending(path: "outhex/\(name).txt"), encoding: .utf8)

    let canonical = try JSONValue(parsing: Array(input)).canonical()

    #expect(canonical == Array(output))
    #expect(canonical == hex.split(whereSeparator: \.isWhitespace).map { UInt8($0, radix: 16) })
  }
}
