import ArgumentParser
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import Reports

/// Checks a configuration: `patchbay validate`.
struct ValidateCommand: AsyncParsableCommand {
  /// How issues are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case sarif
  }

  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Checks a configuration without opening anything; refuses what `run` refuses.",
    discussion: """
      Every profile is checked too, unless one is chosen. Exit codes: 0 valid; 66 unreadable; \
      78 refused.
      """)

  @ArgumentParser.OptionGroup var configuration: ConfigurationArguments

  @Option(help: "How issues are printed: text, json, or sarif for code review tools.")
  var format = Format.text

  func run() async throws {
    let file = configuration.file
    let withProfiles = configuration.profiles.isEmpty
    if format == .text {
      let plan = try file.planOrExit(withProfiles: withProfiles)
      print("\(file.path) is valid: \(plan.stages.count) stages")
      return
    }
    let result = try file.planResultOrExit(withProfiles: withProfiles)
    let document: JSONValue =
      format == .sarif
      ? result.diagnostics.sarif(version: Patchbay.version)
      : [
        "file": .string(file.path), "valid": .bool(result.plan != nil),
        "issues": result.diagnostics.json,
      ]
    print(document.text(.pretty))
    if result.plan == nil {
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.configuration.rawValue)
    }
  }
}
