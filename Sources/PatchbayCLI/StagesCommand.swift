import ArgumentParser
import InstalledPlugins
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime

/// Lists and explains types: `patchbay stages`.
struct StagesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages",
    abstract: "Lists the stage and connection types, or explains one.")

  @Argument(
    help: "A stage or connection type.",
    completion: .custom { _, _, _ in
      (try? TypeReference.all(.standard()).map(\.type)) ?? []
    })
  var type: String?

  @Option(help: "How it is printed: text, json, or markdown.")
  var format = ReferenceFormat.text

  @Flag(help: "Leaves out the types of the modules in Plugins/.")
  var withoutPlugins = false

  func run() async throws {
    let all = TypeReference.all(try .standard(withPlugins: !withoutPlugins))
    guard let type else { return printAll(all) }
    let found = all.filter { $0.type == type }
    if found.isEmpty {
      let nearest = NearestName.of(type, among: all.map(\.type))
      throw ValidationError(
        "there is no stage or connection type \(type.quoted)"
          + (nearest.map { " (did you mean \"\($0)\"?)" } ?? "") + "; see patchbay stages")
    }
    switch format {
    case .text: print(found.map(\.text).joined(separator: "\n"), terminator: "")
    case .markdown: print(found.map(\.markdown).joined(separator: "\n"), terminator: "")
    case .json: print(JSONValue.array(found.map(\.json)).text(.pretty))
    }
  }

  private func printAll(_ all: [TypeReference]) {
    switch format {
    case .markdown: print(TypeReference.page(all), terminator: "")
    case .json: print(JSONValue.array(all.map(\.json)).text(.pretty))
    case .text:
      for section in StageRole.allCases.map(\.section) + ["connections"] {
        print("\(section):")
        for entry in all where entry.section == section {
          let gap = String(repeating: " ", count: max(2, 20 - entry.type.count))
          print("  \(entry.type)\(gap)\(entry.doc)")
        }
      }
      printLeftOutPlugins()
    }
  }

  private func printLeftOutPlugins() {
    let plugins = InstalledPlugins.leftOut
    if withoutPlugins || plugins.isEmpty { return }
    print("not part of this build:")
    for plugin in plugins {
      let gap = String(repeating: " ", count: max(2, 20 - plugin.name.count))
      print("  \(plugin.name)\(gap)\(plugin.reason)")
    }
  }
}

/// How reference material is printed.
enum ReferenceFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case markdown
}
