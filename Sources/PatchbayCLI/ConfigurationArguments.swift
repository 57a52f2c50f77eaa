import ArgumentParser
import PatchbayRuntime

/// Which configuration, and what is changed about it: the same for every command that takes one.
struct ConfigurationArguments: ParsableArguments {
  @Argument(
    help: "The pipeline's configuration.", completion: .file(extensions: ["json"]))
  var config = "config.json"

  @Option(
    name: .customLong("profile"),
    help: ArgumentHelp("Merges a profile of the configuration over it.", valueName: "name"))
  var profiles: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Sets one value, such as sources.desk.agents=10; null removes it.", valueName: "path=value"))
  var settings: [String] = []

  @Option(
    help: ArgumentHelp(
      "Keeps only what is on a way through the stage, and where main outputs on it lead.",
      valueName: "stage"))
  var only: [String] = []

  var file: ConfigurationFile {
    var overrides = ConfigurationOverrides()
    overrides.profiles = profiles
    overrides.settings = settings
    overrides.only = only
    return ConfigurationFile(path: config, overrides: overrides)
  }
}
