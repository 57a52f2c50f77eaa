/// A JSON value that knows where it stands, so that whoever finds it wrong can say so.
public struct JSONNode: Sendable {
  /// What a node holds.
  public indirect enum Content: Sendable {
    /// The literal `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number that fits in 64 bits.
    case integer(Int)
    /// Any other number, finite.
    case number(Double)
    /// A string, unescaped.
    case string(String)
    /// An array.
    case array([JSONNode])
    /// An object's members in the order they were written.
    case object([Member])
  }

  /// One name and its value in an object, with the name's own position.
  public struct Member: Sendable {
    /// The name, unescaped.
    public var name: String
    /// Where the name's opening quote stands.
    public var position: JSONPosition
    /// The value.
    public var value: JSONNode

    /// Makes a member.
    public init(_ name: String, at position: JSONPosition, _ value: JSONNode) {
      self.name = name
      self.position = position
      self.value = value
    }
  }

  /// Where a value came from; decides whether an error may quote it.
  public enum Origin: Sendable {
    /// It stands literally in the text.
    case text
    /// At least a part of it was substituted from the environment.
    case environment
    /// A program made it.
    case program
  }

  /// The value.
  public var content: Content
  /// Where its first character stands.
  public var position: JSONPosition
  /// Where it came from.
  public var origin: Origin

  /// Makes a node.
  public init(_ content: Content, at position: JSONPosition, origin: Origin = .text) {
    self.content = content
    self.position = position
    self.origin = origin
  }

  /// Makes a node from a value that stands in no text.
  public init(_ value: JSONValue) {
    let content: Content =
      switch value {
      case .null: .null
      case .bool(let value): .bool(value)
      case .integer(let number): .integer(number)
      case .number(let number): .number(number)
      case .string(let text): .string(text)
      case .array(let elements): .array(elements.map { JSONNode($0) })
      case .object(let members):
        .object(members.map { Member($0.name, at: .start, JSONNode($0.value)) })
      }
    self.init(content, at: .start, origin: .program)
  }

  /// The value without positions.
  public var value: JSONValue {
    switch content {
    case .null: .null
    case .bool(let value): .bool(value)
    case .integer(let number): .integer(number)
    case .number(let number): .number(number)
    case .string(let text): .string(text)
    case .array(let elements): .array(elements.map(\.value))
    case .object(let members): .object(members.map { .init($0.name, $0.value.value) })
    }
  }

  /// The members of an object in order, else nil.
  public var members: [Member]? {
    if case .object(let members) = content { members } else { nil }
  }

  /// The member called `name`, or nil if this is no object or has no such member.
  public func member(_ name: String) -> Member? {
    members?.first { $0.name == name }
  }

  /// The kind of value, with its article, for messages: `a number`, `an object`.
  public var kind: String {
    switch content {
    case .null: "null"
    case .bool: "a Boolean"
    case .integer, .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
