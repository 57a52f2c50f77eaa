import Foundation
import PatchbayCore
import PatchbayRuntime
import Reports
import Testing

/// One of the broken configurations beside the tests: a file, perhaps arguments, and what must be
/// said of it.
struct BrokenConfig: Sendable, CustomTestStringConvertible {
  static let folder = Repository.root.appending(path: "Tests/Fixtures/broken-configs").path

  static let all: [BrokenConfig] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".json") }.sorted().map { BrokenConfig(name: $0) }
  }()

  let name: String

  var testDescription: String { name }

  private func path(_ ending: String) -> String {
    Self.folder + "/" + name.replacing(".json", with: ending)
  }

  func text() throws -> [UInt8] {
    Array(try #require(FileManager.default.contents(atPath: path(".json"))))
  }

  /// What the program prints on standard error.
  var expected: String { (try? String(contentsOfFile: path(".expected"), encoding: .utf8)) ?? "" }

  /// Arguments of the command line, one a line beside the file.
  var arguments: [String] {
    let text = (try? String(contentsOfFile: path(".args"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  /// Plans it as the program does, with the fixtures' folder as the working directory.
  func result() throws -> PlanResult {
    var overrides = ConfigurationOverrides()
    var rest = arguments[...]
    while let option = rest.popFirst(), let value = rest.popFirst() {
      switch option {
      case "--profile": overrides.profiles.append(value)
      case "--set": overrides.settings.append(value)
      case "--only": overrides.only.append(value)
      default: throw PipelineError("\(name): unknown argument \(option)")
      }
    }
    let planner = Planner(registry: Rehearsal.registry, variables: [:]) { path in
      do {
        return try InputFile.contents(of: Self.folder + "/" + path, upTo: Planner.longestText)
      } catch {
        throw UnreadableInput("\(error)".replacing(Self.folder + "/", with: ""))
      }
    }
    return planner.plan(try text(), named: name, overrides: overrides)
  }
}
