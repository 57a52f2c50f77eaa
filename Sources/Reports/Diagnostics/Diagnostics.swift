public import PatchbayCore
public import PatchbayJSON

/// Issues of a configuration with the texts they point into; every output is a view of it.
public struct Diagnostics: Sendable {
  let issues: [ConfigIssue]
  let sources: [SourceText]

  /// Makes diagnostics of issues, in their order.
  ///
  /// - Parameters:
  ///   - issues: what was found.
  ///   - sources: the texts, by the `source` of positions.
  public init(_ issues: [ConfigIssue], sources: [SourceText]) {
    self.issues = issues
    self.sources = sources
  }

  /// The name of the text that an issue stands in.
  func sourceName(of issue: ConfigIssue) -> String {
    sources.indices.contains(issue.position.source)
      ? sources[issue.position.source].name : "configuration"
  }

  /// One line an issue, as compilers print theirs.
  public var lines: [String] {
    issues.map { $0.rendered(file: sourceName(of: $0)) }
  }

  /// For a terminal: each issue with the line it stands in and a caret below the place.
  ///
  /// Values on that line are masked, since they may be secrets.
  ///
  /// - Parameter colored: whether to use the terminal's colours.
  public func excerpts(colored: Bool) -> String {
    let style = TerminalStyle(isOn: colored)
    return issues.map { issue in
      var text = head(of: issue, style) + "\n"
      if let line = line(of: issue) {
        let masked = MaskedLine(line, column: issue.position.column, message: issue.message)
        let number = String(issue.position.line)
        let margin = String(repeating: " ", count: number.count)
        let underline =
          String(repeating: " ", count: masked.caret) + "^"
          + String(repeating: "~", count: masked.width - 1)
        text += style.dim(" \(number) | ") + masked.text + "\n"
        text += style.dim(" \(margin) | ") + style.severity(underline, issue.severity) + "\n"
      }
      return text
    }.joined()
  }

  /// How many errors there are: `3 errors`.
  public var errorCount: String {
    let count = issues.count { $0.severity == .error }
    return "\(count) error\(count == 1 ? "" : "s")"
  }

  /// The codes that occur, each once, in order.
  public var codes: [ConfigIssue.Code] {
    issues.reduce(into: []) { codes, issue in
      if !codes.contains(issue.code) { codes.append(issue.code) }
    }
  }

  /// For programs: one object an issue.
  public var json: JSONValue {
    .array(
      issues.map { issue in
        [
          "code": .string(issue.code.id), "severity": .string(issue.severity.rawValue),
          "file": .string(sourceName(of: issue)), "line": .integer(issue.position.line),
          "column": .integer(issue.position.column), "path": .string(issue.path.description),
          "message": .string(issue.message),
        ]
      })
  }

  private func head(of issue: ConfigIssue, _ style: TerminalStyle) -> String {
    let place = "\(sourceName(of: issue)):\(issue.position)"
    let kind = "\(issue.severity.rawValue)[\(issue.code)]"
    let path = issue.path.components.isEmpty ? "" : "\(issue.path): "
    return style.bold(place) + ": " + style.severity(kind, issue.severity) + ": " + path
      + issue.message
  }

  private func line(of issue: ConfigIssue) -> String? {
    guard sources.indices.contains(issue.position.source) else { return nil }
    let source = sources[issue.position.source]
    guard source.isFile else { return nil }
    let lines = source.bytes.split(
      separator: UInt8(ascii: "\n"), maxSplits: issue.position.line,
      omittingEmptySubsequences: false)
    guard lines.indices.contains(issue.position.line - 1) else { return nil }
    return String(decoding: lines[issue.position.line - 1], as: UTF8.self)
  }
}
