/// Writes the Swift file that loads every plugin that was built and names those that were not.
///
/// Which traits are on is decided by the compiler: each is a compilation condition.
struct PluginListWriter {
  private var imports: [String] = []
  private var loads: [String] = []
  private var leftOut: [String] = []

  init(_ folders: [PluginFolder]) {
    for folder in folders {
      if folder.missingLibraries.isEmpty {
        addUsable(folder)
      } else {
        addUnusable(folder)
      }
    }
  }

  private mutating func addUsable(_ folder: PluginFolder) {
    // The selector `::` also finds the type where a module has a type of its own name.
    let load = "try registry.load(\(folder.name)::PluginEntry.self)"
    guard let trait = folder.trait else {
      imports.append("internal import \(folder.name)")
      loads.append(load)
      return
    }
    imports += ["#if \(trait)", "internal import \(folder.name)", "#endif"]
    loads += ["#if \(trait)", load, "#endif"]
    let reason = "the package trait \(trait) is off; build with --traits default,\(trait)"
    leftOut += ["#if !\(trait)", entry(folder, reason), "#endif"]
  }

  private mutating func addUnusable(_ folder: PluginFolder) {
    let reason = folder.missingLibraries.map(\.explanation).joined(separator: "; ")
    leftOut.append(entry(folder, reason))
    guard let trait = folder.trait else { return }
    // Whoever didn't switch it on need not be told at every build.
    let warning = "Plugins/\(folder.name) is left out: \(reason)"
    imports += ["#if \(trait)", "#warning(\(literal(warning)))", "#endif"]
  }

  private func entry(_ folder: PluginFolder, _ reason: String) -> String {
    "plugins += [LeftOutPlugin(\(literal(folder.name)), \(literal(reason)))]"
  }

  private func literal(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  var text: String {
    """
    // Written by BuildTools/PluginRegistry from the folders of Plugins/.
    internal import PatchbayRuntime
    \(imports.joined(separator: "\n"))

    func loadPlugins(into registry: inout StageRegistry) throws {
    \(loads.joined(separator: "\n"))
    }

    func listLeftOutPlugins() -> [LeftOutPlugin] {
    var plugins: [LeftOutPlugin] = []
    plugins += []
    \(leftOut.joined(separator: "\n"))
    return plugins
    }

    """
  }
}
