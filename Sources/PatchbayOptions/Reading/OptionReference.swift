public import PatchbayJSON

/// A name that an option gives to say which other thing of the configuration is meant.
public struct OptionReference: Sendable, Equatable {
  /// What kind of thing is named, such as `connection`.
  public var kind: String
  /// The name.
  public var name: String
  /// The option that names it.
  public var path: OptionPath
  /// Where the name stands; of a default, where its group stands.
  public var position: JSONPosition
  /// Where the name came from; one from the environment isn't quoted in messages.
  public var origin: JSONNode.Origin

  /// Makes a reference.
  public init(
    kind: String, name: String, path: OptionPath, position: JSONPosition, origin: JSONNode.Origin
  ) {
    self.kind = kind
    self.name = name
    self.path = path
    self.position = position
    self.origin = origin
  }
}
