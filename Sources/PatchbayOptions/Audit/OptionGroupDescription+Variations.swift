import PatchbayJSON

extension OptionGroupDescription {
  /// Configurations to try, that between them set every option and use every word: what is changed
  /// in the example, and the whole.
  var variations: [(changed: JSONValue, whole: JSONValue)] {
    let example = exampleConfiguration()
    return options.flatMap { option in
      option.variations.map { value in
        let member = JSONValue.Member(option.name, value)
        let others = (example.object ?? []).filter { $0.name != option.name }
        return (changed: .object([member]), whole: .object(others + [member]))
      }
    }
  }
}

extension OptionDescription {
  fileprivate var variations: [JSONValue] {
    let bounds = rules.flatMap { rule -> [JSONValue] in
      switch rule {
      case .range(let least, let most): [least, most]
      case .atLeast(let least): [least]
      case .count, .each, .that: []
      }
    }
    return shape.variations + bounds
  }
}

extension OptionShape {
  fileprivate var variations: [JSONValue] {
    switch self {
    case .boolean: [true, false]
    case .choice: words.map { .string($0) }
    case .list(let element): element.variations.map { [$0] }
    case .map(let element): element.variations.map { ["name": $0] }
    case .oneOrMany(let element): element.variations
    case .group(let group): [group.exampleConfiguration()] + group.variations.map(\.whole)
    case .union(let variants): variants.flatMap(\.variations)
    case .any, .integer, .number, .string, .text, .secret, .reference, .recursive:
      [example].compactMap(\.self)
    }
  }
}

extension OptionShape.Variant {
  fileprivate var variations: [JSONValue] {
    guard let content else { return [.string(name)] }
    return content.variations.map { .object([.init(name, $0)]) }
  }
}
