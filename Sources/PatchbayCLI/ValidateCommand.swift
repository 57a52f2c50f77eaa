import ArgumentParser
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime

/// Checks a configuration: `patchbay validate`.
struct ValidateCommand: AsyncParsableCommand {
  /// How issues are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Checks a configuration without opening anything; refuses what `run` refuses.")

  @Argument(help: "The pipeline's configuration.")
  var config = "config.json"

  @Option(help: "How issues are printed: text or json.")
  var format = Format.text

  func run() async throws {
    let file = ConfigurationFile(path: config)
    switch format {
    case .text:
      let plan = try file.planOrExit()
      print("\(config) is valid: \(plan.stages.count) stages")
    case .json:
      let result = try file.planResultOrExit()
      print(json(result).text(.pretty))
      if result.plan == nil {
        throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.configuration.rawValue)
      }
    }
  }

  private func json(_ result: PlanResult) -> JSONValue {
    [
      "file": .string(config),
      "valid": .bool(result.plan != nil),
      "issues": .array(
        result.issues.map { issue in
          [
            "code": .string(issue.code.rawValue),
            "severity": .string(issue.severity.rawValue),
            "line": .integer(issue.position.line),
            "column": .integer(issue.position.column),
            "path": .string(issue.path.description),
            "message": .string(issue.message),
          ]
        }),
    ]
  }
}
