package import PatchbayRuntime

/// The modules in Plugins/, as far as they are part of this program.
///
/// `BuildTools/PluginRegistry` writes the list when the build is planned.
package enum InstalledPlugins {
  /// Adds the types of all of them.
  ///
  /// - Throws: `PipelineError` that names both types if two claim one name.
  package static func load(into registry: inout StageRegistry) throws {
    try loadPlugins(into: &registry)
  }

  /// Those that aren't part of it, by name.
  package static var leftOut: [LeftOutPlugin] { listLeftOutPlugins() }
}

/// A plugin whose folder is there, but whose module isn't part of this program.
package struct LeftOutPlugin: Sendable {
  /// The folder's name.
  package let name: String
  /// Why, and what to do about it.
  package let reason: String

  init(_ name: String, _ reason: String) {
    self.name = name
    self.reason = reason
  }
}
