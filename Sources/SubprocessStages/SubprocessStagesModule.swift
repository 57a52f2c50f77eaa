public import PatchbayCore

/// Stages in other languages, as child processes.
public enum SubprocessStagesModule: PluginModule {
  /// The stage types.
  public static var stages: [any Stage.Type] { [] }
}
