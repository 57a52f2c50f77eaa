public import PatchbayCore

/// The stages and the connection that speak to Genesys Cloud.
public enum GenesysCloudModule: PluginModule {
  /// The stage types.
  public static var stages: [any Stage.Type] {
    [GenesysEventsInjector.self, GenesysWorkspaceInjector.self]
  }
  /// The connection types.
  public static var connections: [any Connection.Type] { [GenesysConnection.self] }
}
