import ArgumentParser
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import Reports

/// Looks at what a pipeline needs of the outside world: `patchbay doctor`.
struct DoctorCommand: AsyncParsableCommand {
  /// How findings are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Looks whether a run would find what it needs outside, without changing it.",
    discussion: """
      Logs in, reads what the token permits, compares clocks, and asks endpoints for their header \
      fields. No event is sent. Each failure comes with what to do. Exit codes: 0 nothing is bad; 1 \
      something is; 66 the configuration can't be read; 78 it is refused.
      """)

  @ArgumentParser.OptionGroup var configuration: ConfigurationArguments

  @Option(help: "How findings are printed: text, or json for programs.")
  var format = Format.text

  func run() async throws {
    let result = try configuration.file.planResultOrExit()
    if format == .json, result.plan == nil {
      print(refusal(result).text(.pretty))
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.configuration.rawValue)
    }
    let plan = try configuration.file.planOrExit(result)
    let environment = RunEnvironment(
      console: Terminal(keepsOutputForRecords: true), input: InputFile.standard(),
      logger: ErrorLog.logger())
    let report = await Checkup(plan, in: environment).run()
    switch format {
    case .text: print(CheckupText(report).text, terminator: "")
    case .json: print(report.json.text(.pretty))
    }
    if report.count(.bad) > 0 {
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.failure.rawValue)
    }
  }

  /// What JSON says of a configuration that is refused: no entry, and the issues as `validate` has
  /// them.
  private func refusal(_ result: PlanResult) -> JSONValue {
    guard case .object(let members) = CheckupReport().json else { return .null }
    return .object(members + [.init("issues", result.diagnostics.json)])
  }
}
