/// A parsed text: its root with positions, and the names that occur twice in one object.
///
/// Duplicate names are collected rather than thrown, so that a configuration reports them together
/// with everything else that is wrong with it. `JSONValue(parsing:)` refuses them outright.
public struct JSONDocument: Sendable {
  /// A name that its object already had.
  public struct DuplicateName: Sendable, Equatable {
    /// The path of the second occurrence, outermost name first; array indices as decimal text.
    public let path: [String]
    /// Where the second occurrence stands.
    public let position: JSONPosition
    /// Where the first one stands.
    public let first: JSONPosition
  }

  /// The outermost value.
  ///
  /// Of members with the same name only the first is kept.
  public let root: JSONNode
  /// Every repeated name, in document order.
  public let duplicateNames: [DuplicateName]

  /// Parses UTF-8 text (RFC 8259, without a byte order mark).
  ///
  /// - Parameters:
  ///   - bytes: the text.
  ///   - source: which of several texts it is, for the positions.
  ///   - limits: how large and how deep it may be.
  /// - Throws: `JSONSyntaxError` at the first byte that can't be read, or where a limit is passed.
  public init(
    parsing bytes: [UInt8], source: Int = 0, limits: JSONLimits = JSONLimits()
  ) throws(JSONSyntaxError) {
    var parser = JSONParser(bytes, source: source, limits: limits)
    root = try parser.parseDocument()
    duplicateNames = parser.duplicateNames
  }
}

extension JSONValue {
  /// Parses UTF-8 text and refuses repeated names.
  ///
  /// - Throws: `JSONSyntaxError` at the first byte that can't be read, at a name that its object
  ///   already has, or where a limit is passed.
  public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
    let document = try JSONDocument(parsing: bytes, limits: limits)
    if let twice = document.duplicateNames.first {
      throw JSONSyntaxError(
        at: twice.position,
        "\"\(twice.path.last ?? "")\" is set twice; first in line \(twice.first.line), "
          + "column \(twice.first.column)")
    }
    self = document.root.value
  }

  /// Parses a string's text; see `init(parsing:limits:)` for bytes.
  public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }
}
