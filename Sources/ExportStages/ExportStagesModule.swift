public import PatchbayCore

/// Exports of a run's verdict and events for other people's tools.
public enum ExportStagesModule: PluginModule {
  /// The stage types.
  public static var stages: [any Stage.Type] {
    [JUnitSink.self, CTRFSink.self, CSVSink.self]
  }
}
