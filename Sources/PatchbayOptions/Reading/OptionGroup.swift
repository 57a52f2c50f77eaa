public import PatchbayJSON

/// An object with declared options: what a stage's `Options` conforms to.
///
/// The one initialiser is the declaration. It runs to decode a configuration, and it runs without
/// one to describe the options, with every default or example standing in. So it must only read
/// options, assign properties and call `check`, and it must read every option unconditionally.
///
/// ```swift
/// struct Options: OptionGroup {
///   let limit: Int
///
///   init(from options: inout OptionReader) {
///     limit = options.value("limit", default: 20, .range(1...100), doc: "The most posts per batch.")
///   }
/// }
/// ```
public protocol OptionGroup: OptionElement {
  /// Declares and reads the options. Called at least once for each object in a configuration, on
  /// the task that decodes it.
  init(from options: inout OptionReader)
}

extension OptionGroup {
  /// An object with the declared options; inside its own description only its name.
  public static var shape: OptionShape {
    DescribedGroups.contains(Self.self)
      ? .recursive(DescribedGroups.name(of: Self.self)) : .group(describe().description)
  }

  /// The declared options.
  public static var options: OptionGroupDescription { describe().description }

  /// Reads an object; see `decode(_:at:)` for all that can be learned from one.
  public static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> Self? {
    let decoded = decode(node, at: path)
    issues.append(contentsOf: decoded.issues)
    return decoded.value
  }

  /// Reads an object and finds everything that is wrong with it.
  public static func decode(_ node: JSONNode, at path: OptionPath) -> DecodedOptions<Self> {
    decodeGroup(node, at: path)
  }

  /// Reads an object, for groups that change it before.
  package static func decodeGroup(_ node: JSONNode, at path: OptionPath) -> DecodedOptions<Self> {
    OptionReader.decode(node, at: path, describe()) { Self(from: &$0) }.decoded
  }

  /// Reads an object where only the metatype is at hand, as in `any OptionGroup.Type`.
  package static func decodeErased(
    _ node: JSONNode, at path: OptionPath
  ) -> DecodedOptions<any OptionGroup> {
    decode(node, at: path).map { $0 }
  }

  /// Makes options of a value that stands in no file, for tests and embedding programs.
  ///
  /// For example `try Options(["url": "https://example.com"])`; defaults are filled in.
  ///
  /// - Throws: `InvalidOptions` with everything that is wrong with the value.
  public init(_ json: JSONValue) throws(InvalidOptions) {
    let decoded = Self.decode(JSONNode(json), at: OptionPath())
    guard let value = decoded.value else { throw InvalidOptions(decoded.issues) }
    self = value
  }

  /// The group with all stand-ins, and what it declared on the way.
  static func describe() -> OptionReader.Described<Self> {
    DescribedGroups.entering(Self.self) {
      OptionReader.describe(name: DescribedGroups.name(of: Self.self)) { Self(from: &$0) }
    }
  }
}
