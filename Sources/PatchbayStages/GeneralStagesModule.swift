public import PatchbayCore

/// The general stages, which need nothing but the core.
public enum GeneralStagesModule: PluginModule {
  /// The stage types.
  public static var stages: [any Stage.Type] {
    [
      JSONLinesSource.self, StandardInputSource.self, StandardOutputSink.self, JSONLinesSink.self,
      DeadLetterSink.self,
    ]
  }
}
