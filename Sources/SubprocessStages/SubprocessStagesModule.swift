public import PatchbayCore

/// Stages that are programs of their own, in any language; `docs/subprocess-stages.md` describes
/// what they are told and what they answer.
public enum SubprocessStagesModule: PluginModule {
  /// The stage types.
  public static var stages: [any Stage.Type] {
    [SubprocessSource.self, SubprocessValidator.self, SubprocessSink.self]
  }
}
