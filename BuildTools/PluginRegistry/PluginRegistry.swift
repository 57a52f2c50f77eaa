import Foundation
import PackagePlugin

/// Writes the list of the modules in Plugins/ that are part of the program.
///
/// The file is written while the build is planned, so that no generator has to be built.
@main
struct PluginRegistry: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) async throws -> [Command] {
    let folders = PluginFolder.all(in: context.package.directoryURL.appending(path: "Plugins").path)
    let linked = Set(
      target.dependencies.compactMap { dependency -> String? in
        guard case .target(let target) = dependency else { return nil }
        return target.name
      })
    checkFreshness(of: target, folders, linked)
    for folder in folders where linked.contains(folder.name) && !folder.declaresEntry {
      Diagnostics.error(
        "Plugins/\(folder.name): no PluginEntry is declared in it; add "
          + "`public enum PluginEntry: PluginModule` with a list of its stages")
    }
    for folder in folders {
      for library in folder.missingLibraries where folder.trait == nil {
        Diagnostics.warning("Plugins/\(folder.name) is left out: \(library.explanation)")
      }
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "Generated")
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    let file = output.appending(path: "PluginList.swift")
    let text = PluginListWriter(folders).text
    if (try? String(contentsOf: file, encoding: .utf8)) != text {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    return [
      .prebuildCommand(
        displayName: "List plugins", executable: URL(filePath: "/usr/bin/true"), arguments: [],
        outputFilesDirectory: output)
    ]
  }

  /// SwiftPM keeps what Package.swift evaluated to by its text and the environment; it doesn't know
  /// that it read Plugins/.
  private func checkFreshness(of target: Target, _ folders: [PluginFolder], _ linked: Set<String>) {
    let seen = (target as? SwiftSourceModuleTarget)?.compilationConditions ?? []
    let now = PluginFolder.fingerprint(of: folders)
    if seen.contains(now) { return }
    let new = folders.filter { !linked.contains($0.name) && $0.trait == nil }.map(\.name)
    let what = new.isEmpty ? "Plugins/" : new.map { "Plugins/\($0)" }.joined(separator: ", ")
    Diagnostics.error(
      "\(what): changed since SwiftPM evaluated Package.swift; build with `make`, or run "
        + "`swift package purge-cache` once and build again")
  }
}
