public import PatchbayCore

/// What this module adds to Patchbay.
public enum GenesysSandboxModule: PluginModule {
  /// The embedded sandbox.
  public static var connections: [any Connection.Type] { [SandboxConnection.self] }
}
