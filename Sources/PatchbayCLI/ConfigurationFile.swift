import ArgumentParser
import PatchbayCore
import PatchbayRuntime
import Reports

/// A configuration on disk, and the one way from it to a plan.
struct ConfigurationFile {
  let path: String
  var overrides = ConfigurationOverrides()

  /// Reads and understands the file.
  ///
  /// - Parameter withProfiles: whether to check it with each of its profiles, too.
  /// - Throws: `UnreadableInput` if it can't be read.
  func plan(withProfiles: Bool = false) throws -> PlanResult {
    let text = try InputFile.contents(of: path, upTo: Planner.longestText + 1)
    let planner = Planner(registry: try .standard(), variables: ProcessEnvironment.variables)
    return withProfiles
      ? planner.planWithProfiles(text, named: path, overrides: overrides)
      : planner.plan(text, named: path, overrides: overrides)
  }

  /// Like `plan()`, but ends the program if the file can't be read.
  func planResultOrExit(withProfiles: Bool = false) throws -> PlanResult {
    do {
      return try plan(withProfiles: withProfiles)
    } catch let error as UnreadableInput {
      Terminal.printError("patchbay: \(error)")
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.unreadableInput.rawValue)
    }
  }

  /// Like `plan()`, but prints what is wrong and ends the program if there is no plan.
  func planOrExit() throws -> Plan {
    try planOrExit(try planResultOrExit())
  }

  /// Prints what is wrong with a result, and ends the program if there is no plan in it.
  func planOrExit(_ result: PlanResult) throws -> Plan {
    Self.print(result.diagnostics)
    guard let plan = result.plan else {
      Terminal.printError("\(path) is refused: \(result.diagnostics.errorCount)")
      if Terminal.showsExcerpts, let code = result.diagnostics.codes.first {
        Terminal.printError("`patchbay explain \(code)` says more")
      }
      throw ArgumentParser.ExitCode(PatchbayCore.ExitCode.configuration.rawValue)
    }
    return plan
  }

  /// Prints issues: with their lines where somebody looks at them, else a line each.
  static func print(_ diagnostics: Diagnostics) {
    if Terminal.showsExcerpts {
      let text = diagnostics.excerpts(colored: Terminal.showsColors)
      if !text.isEmpty { Terminal.printError(String(text.dropLast()), isStyled: true) }
    } else {
      for line in diagnostics.lines { Terminal.printError(line) }
    }
  }
}

extension PlanResult {
  /// The issues with the texts they stand in.
  var diagnostics: Diagnostics { Diagnostics(issues, sources: sources) }
}
