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

  @Flag(help: "Refuses what is only warned of, too.")
  var strict = false

  @Option(help: "How issues are printed: text, json, or sarif for code review tools.")
  var format = Format.text

  func run() async throws {
    let file = configuration.file
    let withProfiles = configuration.profiles.isEmpty
    let result = try file.planResultOrExit(withProfiles: withProfiles)
    let warnings = result.count(.warning)
    let isRefused = result.plan == nil || strict && warnings > 0
    if format == .text {
      let plan = try file.planOrExit(result)
      if isRefused {
        Terminal.printError("\(file.path) is refused: --strict and \(Self.counted(warnings))")
      } else {
        print(
          "\(file.path) is valid: \(plan.stages.count) stages"
            + (warnings > 0 ? ", \(Self.counted(warnings))" : ""))
      }
    } else {
      show(result, of: file)
    }
    if isRefused {
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.configuration.rawValue)
    }
  }

  private static func counted(_ warnings: Int) -> String {
    "\(warnings) \(warnings == 1 ? "warning" : "warnings")"
  }

  private func show(_ result: PlanResult, of file: ConfigurationFile) {
    let document: JSONValue =
      format == .sarif
      ? result.diagnostics.sarif(version: Patchbay.version)
      : [
        "file": .string(file.path), "valid": .bool(result.plan != nil),
        "issues": result.diagnostics.json,
      ]
    print(document.text(.pretty))
  }
}
