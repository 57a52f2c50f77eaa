import PatchbayJSON

/// One line of help or of a table: an option, or a form of a union, at any depth.
struct OptionRow {
  /// The name with those of the objects around it: `retry.attempts`, `targets[].url`.
  var name: String
  /// The type in a word or two.
  var type: String
  /// What happens when it isn't set; nil for a form of a union.
  var presence: OptionPresence?
  /// Rules and words, ready to show.
  var notes: [String]
  /// What it does.
  var doc: String

  /// All options of a group in order, each followed by what is inside it.
  static func rows(of group: OptionGroupDescription, under prefix: String = "") -> [OptionRow] {
    group.options.flatMap { option in
      let name = prefix + option.name
      return [OptionRow(option, name: name)] + rows(inside: option.shape, name)
    }
  }

  private init(_ option: OptionDescription, name: String) {
    self.name = name
    type = option.shape.typeName
    presence = option.presence
    let words = option.shape.innermost.words
    notes =
      (words.isEmpty ? [] : [words.joined(separator: " | ")])
      + option.rulesToShow.map { $0.text(for: option.shape) }
    if option.shape.innermost.isRecursive { notes.append("with the same options again") }
    if !option.formerNames.isEmpty {
      notes.append("formerly " + option.formerNames.joined(separator: ", "))
    }
    doc = option.doc
  }

  private init(_ variant: OptionShape.Variant, name: String) {
    self.name = name
    type = variant.content.map(\.typeName) ?? "word"
    presence = nil
    notes = variant.content?.isRecursive == true ? ["with the same options again"] : []
    doc = variant.doc
  }

  private static func rows(inside shape: OptionShape, _ name: String) -> [OptionRow] {
    switch shape {
    case .list(let element): rows(inside: element, name + "[]")
    case .map(let element): rows(inside: element, name + ".<name>")
    case .oneOrMany(let element): rows(inside: element, name)
    case .group(let group): rows(of: group, under: name + ".")
    case .union(let variants):
      variants.flatMap { variant in
        let name = "\(name).\(variant.name)"
        let inside = variant.content.map { rows(inside: $0, name) } ?? []
        return [OptionRow(variant, name: name)] + inside
      }
    case .any, .boolean, .integer, .number, .string, .text, .choice, .secret, .reference,
      .recursive:
      []
    }
  }
}

extension OptionDescription {
  /// The rules that aren't plain from the shape: names and secrets are never empty.
  fileprivate var rulesToShow: [OptionDemand] {
    if case .reference = shape { return [] }
    if case .secret = shape { return [] }
    return rules
  }
}

extension OptionShape {
  /// The shape inside all lists and maps.
  fileprivate var innermost: OptionShape {
    switch self {
    case .list(let element), .map(let element), .oneOrMany(let element): element.innermost
    case .any, .boolean, .integer, .number, .string, .text, .choice, .secret, .reference, .group,
      .union, .recursive:
      self
    }
  }

  fileprivate var isRecursive: Bool {
    if case .recursive = self { true } else { false }
  }
}

extension OptionPresence {
  /// The default as help shows it; nil for an object, whose options have their own.
  var shownDefault: String? {
    guard case .defaulted(let value) = self, value != [:] else { return nil }
    return value.text()
  }
}
