import ArgumentParser
import PatchbayCore
import PatchbayRuntime

/// Lists and explains types: `patchbay stages`.
struct StagesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages",
    abstract: "Lists the stage and connection types, or explains one.")

  @Argument(help: "A stage or connection type.")
  var type: String?

  func run() async throws {
    let registry = try StageRegistry.standard()
    if let type { return try explain(type, registry) }
    for role in StageRole.allCases {
      print("\(role.section):")
      for stage in registry.stages(of: role) { print("  \(entry(stage.type, stage.doc))") }
    }
    print("connections:")
    for connection in registry.connections {
      print("  \(entry(connection.type, connection.doc))")
    }
  }

  private func entry(_ type: String, _ doc: String) -> String {
    type + String(repeating: " ", count: max(2, 20 - type.count)) + doc
  }

  private func explain(_ type: String, _ registry: StageRegistry) throws {
    var found = false
    for role in StageRole.allCases {
      guard let stage = registry.stage(role, type) else { continue }
      found = true
      print("\(type) (\(role.rawValue)) - \(stage.doc)\n")
      print(help(of: stage))
      if !stage.metrics.isEmpty {
        print("Metrics, for thresholds as NAME.METRIC:")
        for metric in stage.metrics { print("  \(metric.name)\n           \(metric.doc)") }
        print("")
      }
    }
    if let connection = registry.connection(type) {
      found = true
      print("\(type) (connection) - \(connection.doc)\n")
      print(help(of: connection))
    }
    if !found {
      throw ValidationError("there is no stage or connection type \"\(type)\"; see patchbay stages")
    }
  }

  private func help(of stage: (some Stage).Type) -> String { help(stage.Options.self) }
  private func help(of connection: (some Connection).Type) -> String {
    help(connection.Options.self)
  }
  private func help(_ options: (some PatchbayCore.OptionGroup).Type) -> String {
    options.options.help()
  }
}
