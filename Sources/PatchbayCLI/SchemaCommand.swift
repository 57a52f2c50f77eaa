import ArgumentParser
import PatchbayJSON
import PatchbayRuntime
import PipelineTesting

/// Prints the JSON Schema of configurations: `patchbay schema`.
struct SchemaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema (draft 2020-12) of configurations, for editors and CI.")

  @Flag(help: "Prints the schema of files of pipeline tests instead.")
  var tests = false

  @Flag(help: "Leaves out the types of the modules in Plugins/.")
  var withoutPlugins = false

  func run() async throws {
    let schema =
      tests
      ? TestFile.schema
      : ConfigurationSchema.document(try .standard(withPlugins: !withoutPlugins))
    print(schema.text(.pretty))
  }
}
