public import PatchbayCore

/// The source that watches an organisation of Genesys Cloud.
public enum GenesysNotificationsModule: PluginModule {
  /// The stage types.
  public static var stages: [any Stage.Type] { [GenesysNotificationsSource.self] }
}
