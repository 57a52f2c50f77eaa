import ArgumentParser
import PatchbayCore
import PatchbayRuntime
import PipelineTesting
import Reports

/// Runs pipeline tests: `patchbay test`.
struct TestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Runs tests of pipelines: given events and replies, expected results.",
    discussion: """
      The stages are the real ones, the clock is virtual and the network is scripted: nothing is \
      sent but to the embedded sandbox. `patchbay init` writes examples, and `patchbay schema --tests` \
      prints the JSON Schema of a file of tests. Exit codes: 0 all passed; 66 \
      unreadable; 78 a test or its configuration is refused; 99 a test failed.
      """)

  @Argument(help: "Files of tests.", completion: .file(extensions: ["json"]))
  var files: [String]

  @Option(help: "Runs only tests whose name contains the text.")
  var filter: String?

  @Flag(help: "Shows what each test sent, byte by byte.")
  var requests = false

  @Option(help: "Writes the results as JUnit XML to a file.", completion: .file())
  var junit: String?

  func run() async throws {
    let directory = try TestFolder.make()
    defer { TestFolder.remove(directory) }
    // A file that is left from before would be taken for what this run found.
    if let junit { try? await WholeFile.discard(junit) }
    let suites = try files.map { try read($0, directory) }
    if let filter, !suites.contains(where: { $0.names.contains { $0.contains(filter) } }) {
      throw ValidationError("no test has \"\(filter)\" in its name")
    }
    var printer = TestPrinter(showsRequests: requests)
    var documents: [JUnitDocument.Suite] = []
    for suite in suites {
      printer.begin(suite.path)
      let results = await suite.run(filter: filter) { printer.show($0) }
      documents.append(
        JUnitDocument.Suite(
          name: suite.path,
          cases: results.map { result in
            JUnitDocument.Case(
              name: result.name, nanoseconds: result.nanoseconds,
              problems: result.differences.flatMap(\.lines), output: result.console)
          }))
    }
    printer.end()
    if let junit { try await write(JUnitDocument(documents).text, to: junit) }
    if printer.failures > 0 {
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.threshold.rawValue)
    }
  }

  private func read(_ path: String, _ directory: String) throws -> TestSuite {
    let suite: TestSuite
    do {
      suite = try TestSuite(path: path, registry: .standard(), directory: directory)
    } catch let error as UnreadableInput {
      Terminal.printError("patchbay: \(error)")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.unreadableInput.rawValue)
    }
    let diagnostics = Diagnostics(suite.issues, sources: suite.sources)
    ConfigurationFile.print(diagnostics)
    if suite.isRunnable { return suite }
    Terminal.printError("\(path) is refused: \(diagnostics.errorCount)")
    throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.configuration.rawValue)
  }

  private func write(_ text: String, to path: String) async throws {
    do {
      try await WholeFile.write(Array(text.utf8), to: path)
    } catch {
      Terminal.printError("patchbay: \(error)")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.failure.rawValue)
    }
  }
}
