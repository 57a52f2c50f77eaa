/// Where something stands: line and column as an editor shows them, and in which text.
public struct JSONPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Which of several texts that are read together; 0 for the first or only one.
  public var source: Int
  /// The line, counted from 1.
  public var line: Int
  /// The column, counted from 1 in Unicode scalars.
  public var column: Int

  /// Makes a position from a line and a column, both counted from 1, in one of several texts.
  public init(line: Int, column: Int, source: Int = 0) {
    self.source = source
    self.line = line
    self.column = column
  }

  /// The start of a text; also stands for values that come from no text.
  public static let start = JSONPosition(line: 1, column: 1)

  /// `line:column`, as compilers print it; whoever knows the texts' names adds them.
  public var description: String { "\(line):\(column)" }

  /// Orders positions as a reader meets them, text after text.
  public static func < (one: JSONPosition, other: JSONPosition) -> Bool {
    (one.source, one.line, one.column) < (other.source, other.line, other.column)
  }
}
