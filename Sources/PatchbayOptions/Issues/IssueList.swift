public import PatchbayJSON

/// Collects issues, so that one pass over a configuration reports all that is wrong with it.
public struct IssueList: Sendable {
  /// What was found so far, in the order it was found.
  public private(set) var issues: [ConfigIssue] = []

  /// Makes an empty list.
  public init() {}

  /// Whether an issue refuses the configuration.
  public private(set) var hasErrors = false

  /// Adds an issue.
  public mutating func append(_ issue: ConfigIssue) {
    issues.append(issue)
    if issue.severity == .error { hasErrors = true }
  }

  /// Adds what another reader found.
  public mutating func append(contentsOf others: some Sequence<ConfigIssue>) {
    for issue in others { append(issue) }
  }

  /// Adds an issue made of its parts.
  public mutating func report(
    _ code: ConfigIssue.Code, _ severity: ConfigIssue.Severity = .error,
    at position: JSONPosition, path: OptionPath, message: String
  ) {
    append(ConfigIssue(code, severity, at: position, path: path, message: message))
  }

  /// Reports a value that doesn't have the shape it should: `expected ..., found ...`.
  ///
  /// The value is quoted only if it stands literally in the text and the shape holds no secret.
  ///
  /// - Parameters:
  ///   - node: the value.
  ///   - shape: what it should look like.
  ///   - path: the option that it was given for.
  ///   - meant: what was probably meant; left out where the value isn't quoted.
  public mutating func reportMismatch(
    of node: JSONNode, with shape: OptionShape, at path: OptionPath, meant: JSONValue? = nil
  ) {
    reportMismatch(of: node, with: shape, at: path, meantOneOf: meant.map { [$0] } ?? [])
  }

  /// Reports the same where several things may have been meant, or more can be said.
  mutating func reportMismatch(
    of node: JSONNode, with shape: OptionShape, at path: OptionPath, meantOneOf meant: [JSONValue],
    because problem: String? = nil
  ) {
    let offer = meant.map { $0.text() }.joined(separator: " or ")
    let hint = node.isQuotable(in: shape) && !meant.isEmpty ? " (did you mean \(offer)?)" : ""
    report(
      shape.listsWords && node.isString ? .notAChoice : .wrongType, at: node.position, path: path,
      message:
        "expected \(shape.expectation), found \(node.found(in: shape))\(problem.map { ", which \($0)" } ?? "")\(hint)"
    )
  }

  /// Asks whether the name nearest to an unknown one was meant: ` (did you mean "desk"?)`; empty if none
  /// is near.
  ///
  /// Each name is held against all candidates, which takes its time where there are thousands of both,
  /// and nobody reads so many questions: after the first hundred issues none is asked.
  ///
  /// - Parameters:
  ///   - name: the name that isn't known.
  ///   - candidates: those that are.
  package func suggestion(
    for name: String, among candidates: @autoclosure () -> [String]
  ) -> String {
    guard takesSuggestions else { return "" }
    return NearestName.of(name, among: candidates()).map { " (did you mean \($0.quoted)?)" } ?? ""
  }

  /// Whether it is short enough for questions of what was meant.
  package var takesSuggestions: Bool { issues.count < 100 }

  /// The issues in the order in which a reader of the text meets them.
  public var inDocumentOrder: [ConfigIssue] {
    issues.enumerated()
      .sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
      .map(\.element)
  }
}

extension JSONValue? {
  /// The question that ends a message when there is something to suggest, else nothing.
  var didYouMean: String { map { " (did you mean \($0.text())?)" } ?? "" }
}
