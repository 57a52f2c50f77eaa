/// What a value looks like in a configuration: data that schema, help and messages are made of.
public indirect enum OptionShape: Sendable {
  /// One of the words of a choice.
  public struct Choice: Sendable, Equatable {
    /// The word.
    public var name: String
    /// What it means; may be empty.
    public var doc: String

    /// Makes a choice.
    public init(_ name: String, doc: String = "") {
      self.name = name
      self.doc = doc
    }
  }

  /// One of the forms of a union.
  public struct Variant: Sendable {
    /// The word, or the object's only key.
    public var name: String
    /// What it means.
    public var doc: String
    /// The group under the key; nil for a bare word.
    public var content: OptionShape?

    /// Makes a variant.
    public init(_ name: String, doc: String, content: OptionShape?) {
      self.name = name
      self.doc = doc
      self.content = content
    }
  }

  /// Any value at all.
  case any
  /// `true` or `false`.
  case boolean
  /// A whole number.
  case integer
  /// Any number.
  case number
  /// Any text.
  case string
  /// A text with a grammar, such as a duration; `pattern` is a regular expression of JSON Schema.
  case text(name: String, example: String, pattern: String?)
  /// One of some words.
  case choice([Choice])
  /// A text that nothing may print.
  case secret
  /// The name of something else in the configuration, such as a connection.
  case reference(kind: String)
  /// An array.
  case list(OptionShape)
  /// An object whose names are free.
  case map(OptionShape)
  /// A value, or an array of such values.
  case oneOrMany(OptionShape)
  /// An object with declared options.
  case group(OptionGroupDescription)
  /// One of some words, or an object whose only key is one of some words.
  case union([Variant])
  /// A group inside its own description, by that description's name.
  case recursive(String)
}

extension OptionShape {
  /// Whether a secret can stand somewhere in a value of this shape.
  public var mayHoldSecret: Bool {
    switch self {
    case .any, .boolean, .integer, .number, .string, .text, .choice, .reference: false
    // What it refers to is described further out, so the careful answer.
    case .secret, .recursive: true
    case .list(let element), .map(let element), .oneOrMany(let element): element.mayHoldSecret
    case .group(let group): group.options.contains { $0.shape.mayHoldSecret }
    case .union(let variants): variants.contains { $0.content?.mayHoldSecret ?? false }
    }
  }

  /// The shape of the parts of a list or a map; of any other value its own.
  var element: OptionShape {
    switch self {
    case .list(let element), .map(let element), .oneOrMany(let element): element
    case .any, .boolean, .integer, .number, .string, .text, .choice, .secret, .reference, .group,
      .union, .recursive:
      self
    }
  }
}
