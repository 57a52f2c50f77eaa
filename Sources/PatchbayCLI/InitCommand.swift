import ArgumentParser
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PipelineTesting

/// Writes a configuration to start from: `patchbay init`.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a configuration to start from, with tests, schemas and a README.",
    discussion: "Starters:\n"
      + Starter.all.map {
        "  \($0.name)\(String(repeating: " ", count: 8 - $0.name.count))\($0.doc)"
      }
      .joined(separator: "\n"))

  @Argument(
    help: "Which starter; on a terminal it is asked for if left out.",
    completion: .list(Starter.all.map(\.name)))
  var starter: String?

  @Option(help: "The folder to write to; made if it isn't there.", completion: .directory)
  var directory = "."

  @Option(help: "The pipeline's name; the starter's name if left out.")
  var name: String?

  @Flag(help: "Replaces files that exist.")
  var force = false

  func run() async throws {
    let starter = try chosenStarter()
    let name = name ?? starter.name
    let isPlain =
      (1...200).contains(name.utf8.count)
      && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && !"\"\\".unicodeScalars.contains($0) }
    guard isPlain else {
      throw ValidationError("--name: 1 to 200 bytes without quotes and backslashes, found \(name)")
    }
    let files = NewFiles(
      directory: directory,
      files: starter.files(pipeline: name) + [
        .init(
          name: "patchbay.schema.json",
          text: ConfigurationSchema.document(try .standard()).text(.pretty) + "\n"),
        .init(name: "patchbay-test.schema.json", text: TestFile.schema.text(.pretty) + "\n"),
      ])
    try await files.write(force: force)
    print("\(starter.name): \(starter.doc)\n")
    for file in files.files { print("  \(files.path(of: file))") }
    let folder = directory == "." ? "" : "cd \(directory) && "
    let needed = starter.variables.map { " && export \($0)=..." }.joined()
    print("\nNext: \(folder)patchbay test config.test.json\(needed) && patchbay run")
  }

  private func chosenStarter() throws -> Starter {
    let names = Starter.all.map(\.name)
    guard let starter else { return try askForStarter() }
    if let found = Starter.all.first(where: { $0.name == starter }) { return found }
    let nearest = NearestName.of(starter, among: names)
    throw ValidationError(
      "there is no starter \(starter.quoted)"
        + (nearest.map { " (did you mean \"\($0)\"?)" } ?? "")
        + "; there are \(names.joined(separator: ", "))")
  }

  private func askForStarter() throws -> Starter {
    guard Terminal.canAsk else {
      throw ValidationError(
        "name a starter: \(Starter.all.map(\.name).joined(separator: ", "))")
    }
    print("What is it for?\n")
    for (index, starter) in Starter.all.enumerated() {
      print("  \(index + 1)  \(starter.name): \(starter.doc)")
    }
    while true {
      print("\nNumber or name [1]: ", terminator: "")
      guard let answer = readLine() else { throw ExitCode(64) }
      if answer.isEmpty { return Starter.all[0] }
      if let number = Int(answer), Starter.all.indices.contains(number - 1) {
        return Starter.all[number - 1]
      }
      if let found = Starter.all.first(where: { $0.name == answer }) { return found }
      print("There is none of that number or name.")
    }
  }
}
