package import PatchbayCore
import PatchbayJSON
package import PatchbayRuntime

/// A test file that was understood, or everything that is wrong with it and its configuration.
package struct TestSuite: Sendable {
  /// The file's path.
  package let path: String
  /// Errors and warnings of the file and of the configuration under each test.
  package let issues: [ConfigIssue]
  /// The texts that positions lie in.
  package let sources: [SourceText]
  private let runners: [CaseRunner]

  /// Whether there is something to run.
  package var isRunnable: Bool { !issues.contains { $0.severity == .error } }

  /// The tests' names, in order.
  package var names: [String] { runners.map(\.test.name) }

  /// Reads a test file, and plans its configuration for every test.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - registry: the types that the configuration may name.
  ///   - directory: where runs make their folders.
  /// - Throws: `UnreadableInput` if the test file or its configuration can't be read.
  package init(path: String, registry: StageRegistry, directory: String) throws {
    try self.init(
      path: path, text: InputFile.contents(of: path, upTo: Planner.longestText + 1),
      registry: registry, directory: directory)
  }

  /// Takes a test file's text; its configuration is found by the path that the text would have.
  package init(path: String, text: [UInt8], registry: StageRegistry, directory: String) throws {
    var reader = TestReader(path: path, text: text, registry: registry, directory: directory)
    runners = try reader.read()
    self.path = path
    issues = reader.issues
    sources = reader.sources
  }

  /// Runs the tests in order.
  ///
  /// - Parameters:
  ///   - filter: a part of the names of those to run; nil for all.
  ///   - onResult: called after each.
  package func run(
    filter: String? = nil, onResult: (CaseResult) -> Void = { _ in }
  ) async -> [CaseResult] {
    var results: [CaseResult] = []
    for runner in runners where filter.map({ runner.test.name.contains($0) }) ?? true {
      let result = await runner.run()
      onResult(result)
      results.append(result)
    }
    return results
  }
}
