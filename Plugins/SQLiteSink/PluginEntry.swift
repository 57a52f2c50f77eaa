#if SQLiteSink
  public import PatchbayCore

  /// The SQLite sink.
  public enum PluginEntry: PluginModule {
    /// The stage types.
    public static var stages: [any Stage.Type] { [DatabaseSink.self] }
  }
#endif
