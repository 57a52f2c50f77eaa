public import PatchbayCore
public import PatchbayRuntime
import PatchbayStages

extension StageRegistry {
  /// The general stages, which need nothing but the core, and the places for closures.
  ///
  /// Add modules of your own by `load`.
  public static let general: StageRegistry = {
    var registry = StageRegistry()
    // A test checks that no two types in these modules share a name.
    try? registry.load(GeneralStagesModule.self)
    try? registry.load(ClosureStagesModule.self)
    return registry
  }()
}

/// Places that a configuration holds for closures of the program.
public enum ClosureStagesModule: PluginModule {
  /// The stage types.
  public static var stages: [any Stage.Type] { [ClosureSource.self, ClosureSink.self] }
}
