public import PatchbayCore

/// The stages that speak HTTP to anybody.
public enum HTTPStagesModule: PluginModule {
  /// The stage types.
  public static var stages: [any Stage.Type] {
    [HTTPInjector.self, QAHTTPSink.self, CloudEventsSink.self, OTLPSink.self]
  }
  /// What they share.
  public static var connections: [any Connection.Type] { [LimitsConnection.self] }
}
