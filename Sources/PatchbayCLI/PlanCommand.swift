import ArgumentParser
import PatchbayJSON
import PatchbayRuntime

/// Says what a run would do: `patchbay plan`.
struct PlanCommand: AsyncParsableCommand {
  /// How it is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Says what a run would do, without doing it.",
    discussion: """
      Events, requests by endpoint, time, files, listeners, secrets, and whether anything beyond \
      this machine is touched. The JSON form stays the same from run to run, for diffs in review.
      """)

  @OptionGroup var configuration: ConfigurationArguments

  @Option(help: "How it is printed: text or json.")
  var format = Format.text

  func run() async throws {
    let outlook = PlanOutlook(try configuration.file.planOrExit())
    switch format {
    case .text: print(outlook.text, terminator: "")
    case .json: print(outlook.json.text(.pretty))
    }
  }
}
