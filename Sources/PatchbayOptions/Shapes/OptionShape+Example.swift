package import PatchbayJSON

extension OptionShape {
  /// A small value of this shape, or nil if only a longer one ends a recursion.
  package var example: JSONValue? {
    switch self {
    case .any: "anything"
    case .boolean: true
    case .integer, .number: 1
    case .string: "text"
    case .text(_, let example, _): .string(example)
    case .choice(let choices): choices.first.map { .string($0.name) }
    case .secret: "${SECRET}"
    case .reference(let kind): .string("my-\(kind)")
    case .list: []
    case .map: [:]
    case .oneOrMany(let element): element.example
    case .group(let group): group.exampleConfiguration()
    case .union(let variants): variants.lazy.compactMap(\.example).first
    case .recursive: nil
    }
  }
}

extension OptionShape.Variant {
  /// The smallest value of this form.
  var example: JSONValue? {
    guard let content else { return .string(name) }
    return content.example.map { .object([.init(name, $0)]) }
  }
}
