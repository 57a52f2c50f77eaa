extension OptionGroupDescription {
  /// The options as a terminal shows them.
  ///
  /// Each has its name, type, default and rules, and under them what it does. Options of nested
  /// objects follow with dotted names.
  public func help() -> String {
    let rows = OptionRow.rows(of: self)
    guard let width = rows.map(\.name.count).max() else { return "No options.\n" }
    let blank = String(repeating: " ", count: width)
    let lines = rows.flatMap { row in
      [
        "  \(row.name)\(blank.dropFirst(row.name.count))  \(row.facts)",
        "  \(blank)  \(row.doc)",
      ]
    }
    return (["Options:"] + lines).joined(separator: "\n") + "\n"
  }
}

extension OptionRow {
  /// Type, presence and rules in one line.
  fileprivate var facts: String {
    let whenUnset: String? =
      switch presence {
      case .required: "required"
      case .optional: "optional"
      case .defaulted: presence?.shownDefault.map { "default \($0)" }
      case nil: nil
      }
    return ([type] + [whenUnset].compactMap(\.self) + notes).joined(separator: ", ")
  }
}
