public import PatchbayCore

/// Lists what this module adds: the sink type `syslog`.
public enum PluginEntry: PluginModule {
  /// The stages.
  public static let stages: [any Stage.Type] = [SyslogSink.self]
}
