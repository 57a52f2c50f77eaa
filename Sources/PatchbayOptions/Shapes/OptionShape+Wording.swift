import PatchbayJSON

extension OptionShape {
  /// What a message says was expected, with an example where the shape has a grammar.
  var expectation: String {
    if case .text(_, let example, _) = self { "\(noun) such as \(example.quoted)" } else { noun }
  }

  /// What a message says is missing, with the option's own example where that says more.
  func expectation(example: JSONValue) -> String {
    switch self {
    case .integer, .number, .string, .text, .secret: "\(noun) such as \(example.text())"
    case .any, .boolean, .choice, .reference, .list, .map, .oneOrMany, .group, .union, .recursive:
      noun
    }
  }

  /// A value of this shape with its article: `an integer`, `a duration`, `one of "a", "b"`.
  private var noun: String {
    switch self {
    case .any: "any value"
    case .boolean: "true or false"
    case .integer: "an integer"
    case .number: "a number"
    case .string, .secret: "a string"
    case .text(let name, _, _): name.withArticle
    case .choice, .union: "one of " + words.map(\.quoted).joined(separator: ", ")
    case .reference(let kind): "the name of \(kind.withArticle)"
    case .list: "an array"
    case .oneOrMany(let element): "\(element.noun) or an array"
    case .map, .group, .recursive: "an object"
    }
  }

  /// The type's name in help and tables.
  var typeName: String {
    switch self {
    case .any: "JSON"
    case .boolean: "Boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .text(let name, _, _): name
    case .choice, .union: "choice"
    case .secret: "secret"
    case .reference(let kind): "name of \(kind.withArticle)"
    case .list(let element): "array of \(element.typeName)"
    case .map(let element): "map of \(element.typeName)"
    case .oneOrMany(let element): "\(element.typeName) or array"
    case .group, .recursive: "object"
    }
  }

  /// Whether a value is one of a list of words, so that another word is no type error.
  var listsWords: Bool {
    switch self {
    case .choice, .union: true
    case .any, .boolean, .integer, .number, .string, .text, .secret, .reference, .list, .map,
      .oneOrMany, .group, .recursive:
      false
    }
  }

  /// The words of a choice or union, else none.
  var words: [String] {
    switch self {
    case .choice(let choices): choices.map(\.name)
    case .union(let variants): variants.map(\.name)
    case .any, .boolean, .integer, .number, .string, .text, .secret, .reference, .list, .map,
      .oneOrMany, .group, .recursive:
      []
    }
  }
}

extension String {
  /// The noun with `a` or `an`.
  var withArticle: String {
    let startsWithVowel = first.map { "aeioAEIO".contains($0) } ?? false
    return (startsWithVowel ? "an " : "a ") + self
  }
}
