import PatchbayCore
import PatchbayOptions

/// The options that all exports into a file have which consist of test cases.
struct VerdictFileOptions: Sendable {
  let path: String
  let cases: [CaseKind]
  let mostCases: Int

  init(from options: inout OptionReader, name: String) {
    path = options.value(
      "path", default: "", .path,
      doc:
        "A file that each run writes anew; without it each run has its own, \(name), in its folder."
    )
    cases = options.value(
      "cases", default: [.thresholds], .nonEmpty, doc: "What counts as a test case, in that order.")
    mostCases = options.value(
      "most_cases", default: 10_000, .range(1...1_000_000),
      doc: "How many agents, and interactions, are cases of their own at the most.")
  }
}

/// A file that is written when the verdict is known.
struct VerdictFile: Sendable {
  private let path: String
  private let name: String
  private var place: String?

  init(_ path: String, name: String) {
    self.path = path
    self.name = name
  }

  var reach: StageReach { path.isEmpty ? .context : .outside("writes \(path.quoted)") }
  var resource: String {
    path.isEmpty ? FilePlace.resource(inRunFolder: name) : FilePlace.resource(path)
  }
  var output: String { path.isEmpty ? name : path }

  mutating func open(_ context: StageContext) throws {
    place = path.isEmpty ? try context.directory.makePlace(for: name) : path
  }

  /// Writes it, whole or not at all.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason.
  func write(_ text: String) async throws {
    guard let place else { return }
    try await WholeFile.write(
      Array(text.utf8), to: place, isPrivate: path.isEmpty)
  }
}
