/// Lines of a summary: labels with dotted leaders, and aligned columns.
struct TextTable {
  private static let labelWidth = 24

  private(set) var lines: [String] = []

  /// A heading with an empty line before it.
  mutating func heading(_ text: String) {
    lines += ["", "  " + text]
  }

  /// A label and its value, with dots between them.
  mutating func row(_ label: String, _ value: String) {
    let dots = String(repeating: ".", count: max(2, Self.labelWidth - label.count))
    lines.append("    \(label)\(dots): \(value)")
  }

  /// A line as it is.
  mutating func line(_ text: String) {
    lines.append("    " + text)
  }

  /// Rows of cells: the first column to the left, the others to the right.
  mutating func columns(_ rows: [[String]]) {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    for row in rows {
      let cells = row.enumerated().map { column, cell in
        let pad = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + pad : pad + cell
      }
      var text = cells.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      line(text)
    }
  }
}
