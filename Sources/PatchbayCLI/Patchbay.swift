import ArgumentParser

/// The command line of Patchbay.
@main
struct Patchbay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patchbay",
    abstract: "Rehearses a contact centre: simulate, check, inject, correlate, audit, report.",
    version: "0.1.0",
    subcommands: [
      RunCommand.self, ValidateCommand.self, StagesCommand.self, SandboxCommand.self,
    ])
}
