import PatchbayKit

/// What a configuration may name.
public enum PluginEntry: PluginModule {
  /// The injector.
  public static let stages: [any Stage.Type] = [TicketInjector.self]
}
