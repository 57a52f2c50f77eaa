public import PatchbayCore
public import PatchbayJSON

/// What is chosen outside of a configuration: profiles, single values, parts of the pipeline.
///
/// They apply in this order: profiles, patches, settings, and then the selection.
public struct ConfigurationOverrides: Sendable {
  /// An object from another text, to be merged over the configuration.
  public struct Patch: Sendable {
    /// The object, with its positions in the text.
    public var node: JSONNode
    /// The text, for messages.
    public var text: SourceText

    /// Makes a patch.
    public init(_ node: JSONNode, from text: SourceText) {
      self.node = node
      self.text = text
    }
  }

  /// The names of profiles to merge over the configuration, one after the other.
  public var profiles: [String] = []
  /// Objects to merge over the configuration by the rule that profiles follow.
  public var patches: [Patch] = []
  /// Single values, each as `path=value`: `sources.desk.agents=10`.
  ///
  /// The value is JSON, or else a string as it stands.
  public var settings: [String] = []
  /// Stages to keep the ways through; empty keeps all.
  public var only: [String] = []

  /// Makes overrides that change nothing.
  public init() {}
}
