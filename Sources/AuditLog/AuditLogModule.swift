public import PatchbayCore

/// The audit sinks.
public enum AuditLogModule: PluginModule {
  /// The stage types.
  public static var stages: [any Stage.Type] { [AuditLogSink.self, AuditJSONSink.self] }
}
