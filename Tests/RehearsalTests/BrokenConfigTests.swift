import Foundation
import PatchbayCore
import PatchbayRuntime
import PatchbayTesting
import Testing

/// Every broken configuration beside the tests prints exactly the diagnostics beside it.
struct BrokenConfigTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/broken-configs").path

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".json") }.sorted()
  }()

  @Test func `there are enough of them`() {
    #expect(Self.names.count >= 20)
  }

  @Test(arguments: names)
  func `the diagnostics are those beside the file`(name: String) throws {
    let path = Self.folder + "/" + name
    let text = try #require(FileManager.default.contents(atPath: path))
    let expected = Program.text(
      path.replacing(".json", with: ".expected"))
    let result = Planner(registry: Rehearsal.registry, variables: [:]).plan(Array(text))
    #expect(result.plan == nil)
    let count = result.issues.count { $0.severity == .error }
    let lines =
      result.issues.map { $0.rendered(file: name) }
      + ["\(name) is refused: \(count) \(count == 1 ? "error" : "errors")"]
    #expect(lines.joined(separator: "\n") + "\n" == expected)
  }

  @Test func `issues come in document order`() throws {
    for name in Self.names {
      let text = try #require(FileManager.default.contents(atPath: Self.folder + "/" + name))
      let result = Planner(registry: Rehearsal.registry, variables: [:]).plan(Array(text))
      let positions = result.issues.map(\.position)
      #expect(positions == positions.sorted())
    }
  }
}

/// Reads fixtures.
private enum Program {
  static func text(_ path: String) -> String {
    (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }
}
