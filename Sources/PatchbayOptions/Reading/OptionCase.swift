import PatchbayJSON

/// One form of an `OptionUnion`.
public struct OptionCase<Union: Sendable>: Sendable {
  /// The word, or the object's only key.
  public let name: String
  /// What it means, in one sentence.
  public let doc: String
  /// Whether it is written as the word alone.
  let isBareWord: Bool
  /// What stands under the key.
  let content: @Sendable () -> OptionShape?
  /// A value to describe with; nil inside the description of its own group.
  let standIn: @Sendable () -> Union?
  /// Reads what stands under the key, or the bare word itself; the path is the union's.
  let decode: @Sendable (JSONNode, OptionPath) -> DecodedOptions<Union>

  /// Makes a form with options of its own, written `{"name": {...}}`; `make` is the enumeration's
  /// case.
  public init<Group: OptionGroup>(
    _ name: String, _ make: @escaping @Sendable (Group) -> Union, doc: String
  ) {
    self.name = name
    self.doc = doc
    isBareWord = false
    content = { Group.shape }
    standIn = { DescribedGroups.contains(Group.self) ? nil : make(Group.describe().standIn) }
    decode = { node, path in
      var decoded = Group.decode(node, at: path.appending(name)).map(make)
      decoded.effective = .object([.init(name, decoded.effective)])
      return decoded
    }
  }

  /// Makes a form without options, written as the bare word.
  public init(_ name: String, _ value: Union, doc: String) {
    self.name = name
    self.doc = doc
    isBareWord = true
    content = { nil }
    standIn = { value }
    decode = { node, path in
      var issues = IssueList()
      if node.value.string != name {
        issues.report(
          .wrongType, at: node.position, path: path.appending(name),
          message: "takes no options; write \(name.quoted) instead of an object")
      }
      return DecodedOptions(value, issues, effective: .string(name))
    }
  }

  /// The form as data.
  var variant: OptionShape.Variant { .init(name, doc: doc, content: content()) }
}
