import Foundation
import PatchbayTesting
import Testing

/// `run` refuses every broken configuration as `validate` does, with the same text.
@Suite(.needsProgram, .waitsForPrograms)
struct BrokenConfigRunTests {
  private static let folder = Program.root.appending(path: "Tests/Fixtures/broken-configs").path

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".json") }.sorted()
  }()

  @Test(arguments: names)
  func `run refuses it with the text beside it`(name: String) throws {
    let stem = Self.folder + "/" + name.replacing(".json", with: "")
    let arguments = Program.text(stem + ".args").split(separator: "\n").map(String.init)
    let expected = Program.text(stem + ".expected")
    let folder = try TemporaryFolder.make()
    let manager = FileManager.default
    for entry in [name, "parts"] where manager.fileExists(atPath: Self.folder + "/" + entry) {
      try manager.copyItem(
        atPath: Self.folder + "/" + entry, toPath: folder + "/" + entry)
    }
    let run = try Program.run(["run", name] + arguments, folder: folder)
    #expect(run.code == 78)
    #expect(run.errors == expected)
    #expect(!manager.fileExists(atPath: folder + "/runs"))
  }
}
