import ArgumentParser
import PatchbayCore
import Reports

/// Makes the pages of runs anew: `patchbay report`.
struct ReportCommand: AsyncParsableCommand {
  /// What is made.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case html
    case text
  }

  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Makes the report of a run anew, from the files in its folder.",
    discussion: """
      A run leaves report.json, timeline.json and report.html. This writes report.html again, for instance \
      after an update, or for a run of an older version; or prints the summary. Exit codes: 0 it is made; 1 it \
      can't be written; 66 there is no such run, or its report can't be read.
      """)

  @Argument(help: "Runs: a folder, an id, or \"last\".")
  var runs: [String]

  @ArgumentParser.OptionGroup var directory: RunsFolder

  @Option(help: "What is made: html, a page in the run's folder, or text, the summary.")
  var format = Format.html

  func run() async throws {
    for name in runs {
      let (folder, report) = try directory.report(of: name)
      switch format {
      case .text: print(TerminalSummary(report).text, terminator: "")
      case .html: print(try await report.writePage(in: folder))
      }
    }
  }
}
