/// What a Swift module adds to Patchbay: an explicit list, never an import side effect.
public protocol PluginModule {
  /// The stage types, each conforming to one role protocol.
  static var stages: [any Stage.Type] { get }
  /// The connection types.
  static var connections: [any Connection.Type] { get }
  /// What it calls its version; nil for a module that is part of the program.
  static var version: String? { get }
}

extension PluginModule {
  /// None.
  public static var stages: [any Stage.Type] { [] }
  /// None.
  public static var connections: [any Connection.Type] { [] }
  /// None of its own.
  public static var version: String? { nil }
}
