import PatchbayJSON

extension JSONNode {
  /// What a message says was found.
  ///
  /// Nothing that came from the environment or may be secret is quoted, and long texts are cut.
  func found(in shape: OptionShape) -> String {
    guard isQuotable(in: shape) else {
      return origin == .environment ? "\(kind) from a variable" : kind
    }
    return switch content {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let number): "the number \(number)"
    case .number(let number) where number.magnitude >= 0x1p63: "a number of more than 63 bits"
    case .number(let number): "the number \(JSONValue.number(number).text())"
    case .string(let text) where text.count > 60: (text.prefix(57) + "...").description.quoted
    case .string(let text): text.quoted
    case .array, .object: kind
    }
  }

  /// Whether a message about this shape may show the value.
  func isQuotable(in shape: OptionShape) -> Bool {
    origin != .environment && !shape.mayHoldSecret && !mayHoldCredentials
  }

  /// Whether the value is a text with a user's part before a host, or a query: a password may stand
  /// there.
  private var mayHoldCredentials: Bool {
    guard case .string(let text) = content else { return false }
    return text.contains("@") && text.contains(":") || text.contains("?") && text.contains("=")
  }

  /// Whether the value is a text.
  var isString: Bool {
    if case .string = content { true } else { false }
  }

  /// The value, where a text that came from the environment may stand for a number or a Boolean.
  var scalar: JSONValue {
    guard case .string(let text) = content, origin == .environment else { return value }
    let limits = JSONLimits(depth: 0)
    return (try? JSONValue(parsing: text, limits: limits)) ?? .string(text)
  }
}
