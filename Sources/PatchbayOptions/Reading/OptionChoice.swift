public import PatchbayJSON

/// One of a fixed list of words, as an enumeration: `enum Detail: String, OptionChoice`.
public protocol OptionChoice: OptionValue, CaseIterable, RawRepresentable where RawValue == String {
  /// What the word means, in one sentence; empty if the word says it.
  var doc: String { get }
}

extension OptionChoice {
  /// Nothing: the word says it.
  public var doc: String { "" }

  /// The words.
  public static var shape: OptionShape {
    .choice(allCases.map { OptionShape.Choice($0.rawValue, doc: $0.doc) })
  }

  /// The word.
  public var json: JSONValue { .string(rawValue) }

  /// Reads a word; another one is refused with the nearest that exists.
  public static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> Self? {
    let word = node.value.string
    if let value = word.flatMap({ Self(rawValue: $0) }) { return value }
    let nearest = word.flatMap { NearestName.of($0, among: allCases.map(\.rawValue)) }
    issues.reportMismatch(of: node, with: shape, at: path, meant: nearest.map { .string($0) })
    return nil
  }
}
