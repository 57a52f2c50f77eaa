import ArgumentParser
import PatchbayCore

#if !CLI
  #error("the program needs the package trait CLI, which is on by default")
#endif

/// The command line of Patchbay.
@main
struct Patchbay: AsyncParsableCommand {
  static let version = ModuleVersion.patchbay.version

  static let configuration = CommandConfiguration(
    commandName: "patchbay",
    abstract: "Rehearses a contact centre: simulate, check, inject, correlate, audit, report.",
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Pipelines",
        subcommands: [
          InitCommand.self, RunCommand.self, ValidateCommand.self, PlanCommand.self,
          GraphCommand.self, DoctorCommand.self, LookCommand.self,
          TestCommand.self,
        ]),
      CommandGroup(
        name: "Runs",
        subcommands: [
          TopCommand.self, TapCommand.self, RunsCommand.self, ReportCommand.self, DiffCommand.self,
        ]),
      CommandGroup(
        name: "Reference",
        subcommands: [
          StagesCommand.self, MetricsCommand.self, ExplainCommand.self,
          SchemaCommand.self,
        ]),
      CommandGroup(name: "Records", subcommands: [AuditCommand.self, QueueCommand.self]),
      CommandGroup(name: "Development", subcommands: [NewStageCommand.self]),
      CommandGroup(name: "Servers", subcommands: [SandboxCommand.self, RecordCommand.self]),
    ])

  /// Runs the command that the arguments name; what it prints counts as part of what it does.
  static func main() async {
    ProcessStart.prepare()
    do {
      var command = try parseAsRoot(ProgramArguments.all)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      end(nil)
    } catch {
      end(error)
    }
  }

  /// Ends the process with what an error says, or without one; in any case not well if standard
  /// output didn't take what was printed.
  private static func end(_ error: (any Error)?) -> Never {
    var code = ArgumentParser.ExitCode.success
    if let error {
      code = exitCode(for: error)
      let message = fullMessage(for: error)
      if !message.isEmpty {
        // Help and version come as errors that are none.
        if code.isSuccess { print(message) } else { Terminal.printError(message) }
      }
    }
    if let failure = ProgramOutput.failure {
      Terminal.printError("patchbay: \(failure)")
      if code.isSuccess { code = .failure }
    }
    ProcessStart.exit(code.rawValue)
  }
}
