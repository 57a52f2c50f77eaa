public import PatchbayJSON

/// One of several forms, each with options of its own: `"once"` or `{"random": {"steps": 9}}`.
///
/// What depends on a choice belongs in a union rather than behind an `if`:
///
/// ```swift
/// enum Walk: OptionUnion {
///   case random(Random)
///   case once
///   static let cases: [OptionCase<Walk>] = [
///     .init("random", Walk.random, doc: "A random walk."),
///     .init("once", .once, doc: "The shortest path."),
///   ]
/// }
/// ```
public protocol OptionUnion: OptionElement {
  /// The forms, at least one, in the order help shows them.
  static var cases: [OptionCase<Self>] { get }
}

extension OptionUnion {
  /// The forms.
  public static var shape: OptionShape { .union(cases.map(\.variant)) }

  /// Reads a word or an object with one key.
  public static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> Self? {
    let decoded = decode(node, at: path)
    issues.append(contentsOf: decoded.issues)
    return decoded.value
  }

  /// Reads a word or an object with one key, with what its options say.
  ///
  /// The word of a form with options means that form with `{}`.
  public static func decode(_ node: JSONNode, at path: OptionPath) -> DecodedOptions<Self> {
    switch node.content {
    case .string(let word):
      guard let form = cases.first(where: { $0.name == word }) else {
        return refuse(node, word: node, at: path)
      }
      let nothing = JSONNode(.object([]), at: node.position, origin: node.origin)
      return form.decode(form.isBareWord ? node : nothing, path)
    case .object(let members):
      guard let member = members.first, members.count == 1 else {
        return refuse(keys: members.count, of: node, at: path)
      }
      guard let form = cases.first(where: { $0.name == member.name }) else {
        let word = JSONNode(.string(member.name), at: member.position, origin: node.origin)
        return refuse(node, word: word, at: path)
      }
      return form.decode(member.value, path)
    case .null, .bool, .integer, .number, .array:
      return refuse(node, word: node, at: path)
    }
  }

  /// A value to go on with after an issue, and to describe with: the default's form if it can be
  /// had, else a bare word, else the first form that doesn't contain the group being described.
  static func standIn(preferring name: String? = nil) -> Self {
    let inOrder =
      cases.filter { $0.name == name } + cases.filter(\.isBareWord) + cases
    guard let value = inOrder.lazy.compactMap({ $0.standIn() }).first else {
      // No value of such a type exists, so nothing can be returned: a mistake in its declaration,
      // which shows as soon as a stage with it is described.
      preconditionFailure("\(Self.self) has no case that ends: add one without itself in it")
    }
    return value
  }

  private static func refuse(
    _ node: JSONNode, word: JSONNode, at path: OptionPath
  ) -> DecodedOptions<Self> {
    var issues = IssueList()
    let nearest = word.value.string.flatMap { NearestName.of($0, among: cases.map(\.name)) }
    issues.reportMismatch(of: word, with: shape, at: path, meant: nearest.map { .string($0) })
    return DecodedOptions(nil, issues, effective: .null)
  }

  private static func refuse(
    keys: Int, of node: JSONNode, at path: OptionPath
  ) -> DecodedOptions<Self> {
    var issues = IssueList()
    issues.report(
      .wrongType, at: node.position, path: path,
      message: "expected \(shape.expectation) as the only key, found \(keys) keys")
    return DecodedOptions(nil, issues, effective: .null)
  }
}
