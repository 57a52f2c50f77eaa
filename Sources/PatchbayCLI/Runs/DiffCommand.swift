import ArgumentParser
import PatchbayCore
import Reports

/// Holds two runs against each other: `patchbay diff`.
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Says what is different between two runs.",
    discussion: """
      Verdicts, what became of events, the stages' numbers and transitions must be equal. Times are never equal: \
      they are different if the Mann-Whitney test on their distributions finds less than 1 % of chance, and median \
      or mean are at least 2 % apart. Exit codes: 0 the runs are the same; 1 something is different; 66 there is \
      no such run, or its report can't be read.
      """)

  @Argument(help: "The run that others are held against: a folder, an id, or \"last\".")
  var first: String

  @Argument(help: "The other run.")
  var second: String

  @ArgumentParser.OptionGroup var directory: RunsFolder

  @Option(help: ArgumentHelp("Also writes the comparison as a page.", valueName: "file"))
  var html: String?

  func run() async throws {
    let comparison = RunComparison(
      try directory.report(of: first).report, try directory.report(of: second).report)
    if let html {
      try await WholeFile.write(Array(ComparisonPage(comparison).text.utf8), to: html)
    }
    print(comparison.text, terminator: "")
    if !comparison.isSame { throw ArgumentParser.ExitCode(1) }
  }
}
