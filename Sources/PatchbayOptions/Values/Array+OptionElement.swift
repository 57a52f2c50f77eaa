public import PatchbayJSON

extension Array: OptionElement where Element: OptionElement {
  /// An array of such elements.
  public static var shape: OptionShape { .list(Element.shape) }

  /// Reads an array; all elements are read, whatever is wrong with one of them.
  public static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> [Element]? {
    let decoded = decode(node, at: path)
    issues.append(contentsOf: decoded.issues)
    return decoded.value
  }

  /// Reads an array with what its elements say.
  public static func decode(_ node: JSONNode, at path: OptionPath) -> DecodedOptions<[Element]> {
    var issues = IssueList()
    guard case .array(let nodes) = node.content else {
      issues.reportMismatch(of: node, with: shape, at: path)
      return DecodedOptions(nil, issues, effective: .null)
    }
    var elements: [Element] = []
    var effective: [JSONValue] = []
    var references: [OptionReference] = []
    for (index, node) in nodes.enumerated() {
      let decoded = Element.decode(node, at: path.appending(index))
      issues.append(contentsOf: decoded.issues)
      if let element = decoded.value { elements.append(element) }
      effective.append(decoded.effective)
      references += decoded.references
    }
    return DecodedOptions(
      elements, issues, effective: .array(effective), references: references)
  }
}

extension Array: OptionValue where Element: OptionValue {
  /// The array.
  public var json: JSONValue { .array(map(\.json)) }
}
