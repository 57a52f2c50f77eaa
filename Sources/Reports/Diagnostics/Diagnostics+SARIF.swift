import PatchbayCore
public import PatchbayJSON

extension Diagnostics {
  /// For code review and CI: a log in SARIF 2.1.0 (OASIS), one run with one result an issue.
  ///
  /// Columns count Unicode code points. An issue on the command line has no location.
  ///
  /// - Parameter version: the program's version.
  public func sarif(version: String) -> JSONValue {
    let rules = codes
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "patchbay", "version": .string(version),
              "rules": .array(rules.map(Self.rule)),
            ]
          ],
          "columnKind": "unicodeCodePoints",
          "results": .array(issues.map { result($0, rules) }),
        ]
      ],
    ]
  }

  private static func rule(_ code: ConfigIssue.Code) -> JSONValue {
    [
      "id": .string(code.id), "name": .string(code.id),
      "shortDescription": ["text": .string(code.title)],
      "fullDescription": ["text": .string(code.cause)],
      "help": ["text": .string(code.cure)],
    ]
  }

  private func result(_ issue: ConfigIssue, _ rules: [ConfigIssue.Code]) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("ruleId", .string(issue.code.id)),
      .init("ruleIndex", .integer(rules.firstIndex(of: issue.code) ?? 0)),
      .init("level", .string(issue.severity.rawValue)),
      .init("message", ["text": .string(issue.message)]),
    ]
    var location: [JSONValue.Member] = []
    if sources.indices.contains(issue.position.source), sources[issue.position.source].isFile {
      location.append(
        .init(
          "physicalLocation",
          [
            "artifactLocation": ["uri": .string(Self.uri(sourceName(of: issue)))],
            "region": [
              "startLine": .integer(issue.position.line),
              "startColumn": .integer(issue.position.column),
            ],
          ]))
    }
    if !issue.path.components.isEmpty {
      location.append(
        .init("logicalLocations", [["fullyQualifiedName": .string(issue.path.description)]]))
    }
    if !location.isEmpty { members.append(.init("locations", [.object(location)])) }
    return .object(members)
  }

  /// A path as a relative or `file` URI, percent-encoded (RFC 3986).
  private static func uri(_ path: String) -> String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    let digits = Array("0123456789ABCDEF")
    let encoded = path.utf8.map { byte in
      plain.contains(byte)
        ? String(Unicode.Scalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }.joined()
    return path.hasPrefix("/") ? "file://" + encoded : encoded
  }
}
