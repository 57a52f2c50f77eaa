public import PatchbayJSON

extension Dictionary: OptionElement where Key == String, Value: OptionElement {
  /// An object with free names and such values.
  public static var shape: OptionShape { .map(Value.shape) }

  /// Reads an object; all values are read, whatever is wrong with one of them.
  public static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> [String: Value]? {
    let decoded = decode(node, at: path)
    issues.append(contentsOf: decoded.issues)
    return decoded.value
  }

  /// Reads an object with what its values say; the effective form keeps the order of the text.
  public static func decode(
    _ node: JSONNode, at path: OptionPath
  ) -> DecodedOptions<[String: Value]> {
    var issues = IssueList()
    guard case .object(let members) = node.content else {
      issues.reportMismatch(of: node, with: shape, at: path)
      return DecodedOptions(nil, issues, effective: .null)
    }
    var values: [String: Value] = [:]
    var effective: [JSONValue.Member] = []
    var references: [OptionReference] = []
    for member in members where values[member.name] == nil {
      let decoded = Value.decode(member.value, at: path.appending(member.name))
      issues.append(contentsOf: decoded.issues)
      values[member.name] = decoded.value
      effective.append(.init(member.name, decoded.effective))
      references += decoded.references
    }
    return DecodedOptions(
      values, issues, effective: .object(effective), references: references)
  }
}

extension Dictionary: OptionValue where Key == String, Value: OptionValue {
  /// The object, its names sorted.
  public var json: JSONValue {
    .object(sorted { $0.key < $1.key }.map { .init($0.key, $0.value.json) })
  }
}
