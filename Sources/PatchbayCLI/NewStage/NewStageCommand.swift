import ArgumentParser
import PatchbayCore
import PatchbayRuntime

/// Writes a stage to start from: `patchbay new-stage`.
struct NewStageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-stage",
    abstract: "Writes a stage module to start from, with tests, into Plugins/.",
    discussion: """
      For a checkout of Patchbay: `make` builds the module into the program, and no other file is \
      edited. docs/writing-a-stage.md goes on from there.
      """)

  @Argument(
    help: "What it will be: source, validator, injector, correlator, or sink.",
    completion: .list(StageRole.allCases.map(\.rawValue)), transform: Self.role)
  var role: StageRole

  @Argument(help: "Its name in Swift: Slack or SlackSink makes the module SlackSink.")
  var name: String

  @Option(help: "The folder of the plugins.", completion: .directory)
  var directory = "Plugins"

  @Flag(help: "Replaces files that exist.")
  var force = false

  func run() async throws {
    guard InputFile.isReadable("\(directory)/Watch.swift") else {
      throw ValidationError(
        "\(directory)/ isn't the Plugins folder of a checkout of Patchbay; run it at the top of "
          + "one, or name the folder by --directory")
    }
    let stage = try NewStage(role, named: name)
    let taken = TypeReference.all(try .standard()).contains {
      $0.section == role.section && $0.type == stage.type
    }
    if taken, !force {
      throw ValidationError(
        "there is a \(role.rawValue) of type \"\(stage.type)\" already; choose another name")
    }
    let files = NewFiles(directory: "\(directory)/\(stage.module)", files: stage.files)
    try await files.write(force: force)
    print("\(stage.module): the \(role.rawValue) type \"\(stage.type)\"\n")
    for file in files.files { print("  \(files.path(of: file))") }
    print(
      """

      Next: make && .build/release/patchbay run \(directory)/\(stage.module)/example.json
      Test: make test-plugin PLUGIN=\(stage.module)

      In a configuration of your own:

      \(stage.snippet)
      """)
  }

  private static func role(_ text: String) throws -> StageRole {
    if let role = StageRole(rawValue: text) { return role }
    let names = StageRole.allCases.map(\.rawValue)
    let nearest = NearestName.of(text, among: names).map { " (did you mean \"\($0)\"?)" } ?? ""
    throw ValidationError(
      "there is no role \"\(text)\"\(nearest); there are \(names.joined(separator: ", "))")
  }
}
