import PatchbayJSON
import PatchbayOptions

/// Makes the same documents for the same seed: near what a description asks for, and far from it.
struct RandomDocuments {
  /// A text that only ever comes from the environment.
  static let secret = "hunter2"

  private var state: UInt64
  private let description: OptionGroupDescription
  private var line = 1

  init(seed: UInt64, _ description: OptionGroupDescription) {
    state = seed
    self.description = description
  }

  mutating func next() -> JSONNode {
    line = 1
    return below(50) == 0 ? anything(3) : object(description, 4)
  }

  /// SplitMix64.
  private mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }

  private mutating func position() -> JSONPosition {
    line += 1
    return JSONPosition(line: line, column: 1)
  }

  private mutating func node(_ content: JSONNode.Content) -> JSONNode {
    JSONNode(content, at: position())
  }

  private mutating func member(_ name: String, _ depth: Int, _ shape: OptionShape?)
    -> JSONNode.Member
  {
    let position = position()
    return JSONNode.Member(name, at: position, shape.map { value($0, depth) } ?? anything(depth))
  }

  private mutating func object(_ group: OptionGroupDescription, _ depth: Int) -> JSONNode {
    let position = position()
    var members: [JSONNode.Member] = []
    for option in group.options where option.presence.isRequired ? below(10) > 0 : below(3) == 0 {
      let name = ([option.name] + option.formerNames)[below(1 + option.formerNames.count)]
      members.append(member(below(40) == 0 ? "x" + name : name, depth - 1, option.shape))
    }
    if below(12) == 0 { members.append(member(word(), depth - 1, nil)) }
    return JSONNode(.object(members), at: position)
  }

  /// Usually a value of the shape.
  private mutating func value(_ shape: OptionShape, _ depth: Int) -> JSONNode {
    if below(25) == 0 || depth <= 0 { return anything(depth) }
    switch shape {
    case .boolean: return node(.bool(below(2) == 0))
    case .integer: return node(.integer(below(120)))
    case .number: return node(.number(Double(below(120)) / 4))
    case .any, .string, .secret, .reference: return node(.string(word()))
    case .text(_, let example, _): return node(.string(example))
    case .choice: return node(.string(words(shape)))
    case .list(let element): return list(element, depth)
    case .oneOrMany(let element):
      return below(2) == 0 ? list(element, depth) : value(element, depth)
    case .map(let element):
      let position = position()
      return JSONNode(.object([member(word(), depth - 1, element)]), at: position)
    case .group(let group): return object(group, depth)
    case .union(let variants):
      let variant = variants[below(variants.count)]
      guard let content = variant.content, below(3) > 0 else { return node(.string(variant.name)) }
      let position = position()
      return JSONNode(.object([member(variant.name, depth - 1, content)]), at: position)
    case .recursive: return object(description, depth - 1)
    }
  }

  private mutating func list(_ element: OptionShape, _ depth: Int) -> JSONNode {
    let position = position()
    var elements: [JSONNode] = []
    for _ in 0..<below(3) { elements.append(value(element, depth - 1)) }
    return JSONNode(.array(elements), at: position)
  }

  private mutating func anything(_ depth: Int) -> JSONNode {
    switch below(depth > 0 ? 10 : 8) {
    case 0: node(.null)
    case 1: node(.bool(below(2) == 0))
    case 2: node(.integer([0, -1, .max, .min][below(4)]))
    case 3: node(.number([0.5, 1e300, -0.0, 3][below(4)]))
    case 4, 5: node(.string(word()))
    case 6: JSONNode(.string(Self.secret), at: position(), origin: .environment)
    case 7: JSONNode(.string("\(below(300))"), at: position(), origin: .environment)
    case 8: list(.string, depth)
    default: object(description, depth - 1)
    }
  }

  private mutating func words(_ shape: OptionShape) -> String {
    guard case .choice(let choices) = shape else { return "" }
    return choices[below(choices.count)].name
  }

  private mutating func word() -> String {
    [
      "", "a", "url", "limit", "random", "30s", "99999999999999999999d", "1/s", "http://a",
      "é\u{0}",
    ][
      below(10)]
  }
}
