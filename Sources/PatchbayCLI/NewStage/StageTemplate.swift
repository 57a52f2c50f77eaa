import PatchbayCore

/// What a new stage of a role starts from; MODULE and TYPE stand for its names.
///
/// Each does something small that can be seen and tested, and uses whatever its role has to offer.
struct StageTemplate {
  let source: String
  let tests: String
  /// A configuration that lays the stage over the default pipeline.
  let example: String
  /// The stage's entry in a configuration.
  let snippet: String

  static func of(_ role: StageRole) -> StageTemplate {
    switch role {
    case .source: source
    case .validator: validator
    case .injector: injector
    case .correlator: correlator
    case .sink: sink
    }
  }

  static let entry = """
    import PatchbayCore

    /// Lists what this module adds.
    public enum PluginEntry: PluginModule {
      /// The stages.
      public static let stages: [any Stage.Type] = [MODULE.self]
    }

    """
}
