extension OptionGroupDescription {
  /// The options as a Markdown table, for the reference documentation.
  public func markdown() -> String {
    let head = ["| Option | Type | Default | Description |", "| --- | --- | --- | --- |"]
    let rows = OptionRow.rows(of: self).map { row in
      let notes = row.notes.isEmpty ? "" : " (\(row.notes.joined(separator: ", ")))"
      let cells = ["`\(row.name)`", row.type, row.defaultCell, row.doc + notes]
      return "| " + cells.map(\.asCell).joined(separator: " | ") + " |"
    }
    return (head + rows).joined(separator: "\n") + "\n"
  }
}

extension OptionRow {
  fileprivate var defaultCell: String {
    switch presence {
    case .required: "**required**"
    case .optional: "none"
    case .defaulted: presence?.shownDefault.map(\.asCode) ?? ""
    case nil: ""
    }
  }
}

extension String {
  /// The text as code, also if it holds backticks.
  fileprivate var asCode: String {
    contains("`") ? "`` \(self) ``" : "`\(self)`"
  }

  /// The text without what would end a cell or a row.
  fileprivate var asCell: String {
    split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
      .split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
