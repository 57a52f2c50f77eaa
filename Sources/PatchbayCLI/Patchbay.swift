import ArgumentParser

#if !CLI
  #error("the program needs the package trait CLI, which is on by default")
#endif

/// The command line of Patchbay.
@main
struct Patchbay: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "patchbay",
    abstract: "Rehearses a contact centre: simulate, check, inject, correlate, audit, report.",
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Pipelines",
        subcommands: [
          InitCommand.self, RunCommand.self, ValidateCommand.self, PlanCommand.self,
          GraphCommand.self, DoctorCommand.self,
          TestCommand.self,
        ]),
      CommandGroup(
        name: "Reference",
        subcommands: [
          StagesCommand.self, MetricsCommand.self, ExplainCommand.self,
          SchemaCommand.self,
        ]),
      CommandGroup(name: "Development", subcommands: [NewStageCommand.self]),
      CommandGroup(name: "Servers", subcommands: [SandboxCommand.self]),
    ])
}
