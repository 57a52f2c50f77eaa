public import PatchbayJSON

/// A credential: a text that nothing prints, dumps or writes back.
///
/// Only `reveal()` gives the text; call it where the bytes leave the process and nowhere else. One that a
/// configuration gives is known to `KnownSecrets` from then on.
public struct Secret: Sendable, Equatable {
  private let text: String

  /// Wraps a text.
  public init(_ text: String) {
    self.text = text
  }

  /// The text itself.
  public func reveal() -> String { text }

  /// What stands for every secret in what is printed.
  static let placeholder = JSONValue.string(KnownSecrets.mask)
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// `<secret>`, whatever the text.
  public var description: String { "<secret>" }

  /// `<secret>`, whatever the text.
  public var debugDescription: String { "<secret>" }

  /// A mirror that shows nothing, so that `dump` of a whole value doesn't either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret: OptionValue {
  /// A text that nothing may print.
  public static var shape: OptionShape { .secret }

  /// A placeholder, whatever the text.
  public var json: JSONValue { Self.placeholder }

  /// Reads a text; a message about another type doesn't quote it.
  public static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> Secret? {
    if case .string(let text) = node.content {
      if node.origin == .environment || path.soundsSecret { KnownSecrets.add(text) }
      return Secret(text)
    }
    issues.reportMismatch(of: node, with: shape, at: path)
    return nil
  }
}
