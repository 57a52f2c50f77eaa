/// Where something stands in a text: line and column as an editor shows them.
public struct JSONPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The line, counted from 1.
  public var line: Int
  /// The column, counted from 1 in Unicode scalars.
  public var column: Int

  /// Makes a position from a line and a column, both counted from 1.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The start of a text; also stands for values that come from no text.
  public static let start = JSONPosition(line: 1, column: 1)

  /// `line:column`, as compilers print it.
  public var description: String { "\(line):\(column)" }

  /// Orders positions as a reader meets them.
  public static func < (one: JSONPosition, other: JSONPosition) -> Bool {
    (one.line, one.column) < (other.line, other.column)
  }
}
