import ArgumentParser
import PatchbayJSON
import PatchbayRuntime

/// Prints the JSON Schema of configurations: `patchbay schema`.
struct SchemaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema (draft 2020-12) of configurations, for editors and CI.")

  func run() async throws {
    print(ConfigurationSchema.document(try .standard()).text(.pretty))
  }
}
