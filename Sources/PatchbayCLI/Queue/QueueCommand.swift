import ArgumentParser

/// Looks after events that didn't get where they should: `patchbay queue`.
struct QueueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue",
    abstract: "Sends events once more that failed in a run.",
    subcommands: [QueueRedriveCommand.self])
}
