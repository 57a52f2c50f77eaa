import HTTPTransport
package import PatchbayCore
package import PatchbayJSON

/// Header fields of a stage's options; what is wrong with one is said of that one, so that no request
/// is refused for it later.
package struct HeaderFields: OptionValue {
  private let fields: [String: Secret]

  /// No field.
  package static let none = HeaderFields(fields: [:])

  private init(fields: [String: Secret]) { self.fields = fields }

  package static var shape: OptionShape { [String: Secret].shape }

  package var json: JSONValue { fields.json }

  package static func read(
    _ node: JSONNode, at path: OptionPath, into issues: inout IssueList
  ) -> Self? {
    let decoded = decode(node, at: path)
    issues.append(contentsOf: decoded.issues)
    return decoded.value
  }

  package static func decode(_ node: JSONNode, at path: OptionPath) -> DecodedOptions<Self> {
    let decoded = [String: Secret].decode(node, at: path)
    var issues = IssueList()
    issues.append(contentsOf: decoded.issues)
    for member in node.members ?? [] {
      guard let value = decoded.value?[member.name]?.reveal() else { continue }
      if let problem = problem(HTTPHeader(name: member.name, value: value)) {
        issues.report(
          .ruleViolated, at: member.position, path: path.appending(member.name), message: problem)
      }
    }
    return DecodedOptions(
      issues.hasErrors ? nil : decoded.value.map { Self(fields: $0) }, issues,
      effective: decoded.effective, references: decoded.references)
  }

  /// What keeps a field from being sent (RFC 9110 §5.5 and §5.6.2); nothing of its value is told.
  private static func problem(_ header: HTTPHeader) -> String? {
    guard HTTPHeader(name: header.name, value: "").isWellFormed else {
      return "a header's name consists of letters, digits and !#$%&'*+-.^_`|~, as in X-Run"
    }
    guard header.isWellFormed else {
      return "the value has a line end or another control character, which no header may have"
    }
    if ["content-length", "transfer-encoding"].contains(header.name.lowercased()) {
      return "is written by the program itself; leave it out"
    }
    return nil
  }

  /// Puts the fields in the place of others of their names.
  func replace(in headers: inout HTTPHeaders) {
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      headers.replace(name, with: value.reveal())
    }
  }
}
