import ArgumentParser
import PatchbayCore
import PatchbayRuntime

/// Looks after events that didn't get where they should: `patchbay queue`.
struct QueueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue",
    abstract: "Looks after events that wait in spools, or that failed in a run.",
    subcommands: [
      QueueCheckCommand.self, QueueRepairCommand.self, QueueDrainCommand.self,
      QueueRedriveCommand.self,
    ])
}

/// Which spools: the same for every command that takes some.
struct SpoolArguments: ParsableArguments {
  @ArgumentParser.OptionGroup var configuration: ConfigurationArguments

  @Option(
    name: .customLong("sink"),
    help: ArgumentHelp(
      "Takes only the spool of this sink; may be given more than once.", valueName: "name"))
  var sinks: [String] = []

  /// The plan, and those of its spools that are meant.
  func resolve() throws -> (Plan, [SpoolSurvey]) {
    let plan = try configuration.file.planOrExit()
    let spools = SpoolSurvey.all(of: plan)
    for sink in sinks where !spools.contains(where: { $0.sink == sink }) {
      throw ValidationError(
        "--sink: no sink \(sink) has \"buffer\": \"spool\""
          + (spools.isEmpty ? "" : "; these have: \(spools.map(\.sink).joined(separator: ", "))"))
    }
    if spools.isEmpty {
      print("no sink of \(configuration.config) has \"buffer\": \"spool\"")
    }
    return (plan, spools.filter { sinks.isEmpty || sinks.contains($0.sink) })
  }
}
