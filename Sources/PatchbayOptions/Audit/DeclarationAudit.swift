import PatchbayJSON

/// Finds what is wrong with declarations, whatever a configuration says.
struct DeclarationAudit {
  /// What was found, each once.
  private(set) var problems: [String] = []

  /// Looks at every option of a group, at any depth.
  mutating func inspect(_ group: OptionGroupDescription, under prefix: String = "") {
    var taken: Set<String> = []
    for option in group.options {
      let path = prefix + option.name
      for name in [option.name] + option.formerNames where !taken.insert(name).inserted {
        note("\(prefix)\(name)", "two options have this name")
      }
      if !option.name.isSnakeCase { note(path, "the name is not in snake case") }
      inspect(doc: option.doc, at: path)
      for problem in option.selfCheck() { note(path, problem) }
      inspect(option.shape, at: path)
    }
    for name in group.checkedNames where !group.options.contains(where: { $0.name == name }) {
      note("\(prefix)\(name)", "a check points at it, but there is no such option")
    }
  }

  /// Decodes the example of a group, and one variation of it after another.
  mutating func tryVariations(
    of group: OptionGroupDescription, decode: (JSONNode) -> [ConfigIssue]
  ) {
    if problems.isEmpty {
      let issues = decode(JSONNode(group.exampleConfiguration()))
      problems = issues.filter { $0.code != .declaredSometimes }
        .map { "the example configuration is refused: \($0.text)" }
    }
    for (changed, whole) in group.variations {
      for issue in decode(JSONNode(whole)) where issue.code == .declaredSometimes {
        note("\(issue.path)", "declared only sometimes", detail: ", as with \(changed.spacedText)")
      }
    }
  }

  private mutating func inspect(_ shape: OptionShape, at path: String) {
    switch shape {
    case .any, .boolean, .integer, .number, .string, .secret, .reference, .recursive, .text: break
    case .choice(let choices): if choices.isEmpty { note(path, "there is nothing to choose from") }
    case .list(let element): inspect(element, at: path + "[]")
    case .map(let element): inspect(element, at: path + ".<name>")
    case .oneOrMany(let element): inspect(element, at: path)
    case .group(let group): inspect(group, under: path + ".")
    case .union(let variants): inspect(variants, at: path)
    }
  }

  private mutating func inspect(_ variants: [OptionShape.Variant], at path: String) {
    var taken: Set<String> = []
    for variant in variants {
      let inner = "\(path).\(variant.name)"
      if !taken.insert(variant.name).inserted { note(inner, "two cases have this name") }
      inspect(doc: variant.doc, at: inner)
      if let content = variant.content { inspect(content, at: inner) }
    }
  }

  private mutating func inspect(doc: String, at path: String) {
    if doc.allSatisfy(\.isWhitespace) { note(path, "the doc is empty") }
    if doc.contains(where: \.isNewline) { note(path, "the doc has more than one line") }
  }

  private mutating func note(_ path: String, _ problem: String, detail: String = "") {
    let text = "\(path): \(problem)"
    if !problems.contains(where: { $0.hasPrefix(text) }) { problems.append(text + detail) }
  }
}

extension String {
  /// Whether the text is of lower-case letters, digits and `_`, a letter first.
  fileprivate var isSnakeCase: Bool {
    guard let first = utf8.first, first.isASCIILetter else { return false }
    return utf8.allSatisfy {
      $0.isASCIIDigit || $0 == UInt8(ascii: "_") || ($0.isASCIILetter && $0 & 0x20 != 0)
    }
  }
}

extension JSONValue {
  /// The value on one line, an object with blanks inside its braces.
  fileprivate var spacedText: String {
    guard case .object(let members) = self, !members.isEmpty else { return text() }
    let inner = members.map { "\($0.name.quoted): \($0.value.spacedText)" }
    return "{ \(inner.joined(separator: ", ")) }"
  }
}
