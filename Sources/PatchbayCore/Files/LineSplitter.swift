/// Cuts a stream of bytes into lines.
///
/// Lines end with LF or CRLF; the last one may end with neither. A line over the limit is reported
/// once and skipped to its end, so that one bad line can't fill the memory.
public struct LineSplitter: Sendable {
  /// One line.
  public struct Line: Sendable {
    /// Its number, counted from 1.
    public let number: Int
    /// Its bytes without the end; nil if it was longer than allowed.
    public let bytes: [UInt8]?
  }

  private let longest: Int
  private var partial: [UInt8] = []
  private var isSkipping = false
  private var number = 0

  /// Makes a splitter.
  ///
  /// - Parameter longest: the most bytes of a line.
  public init(longest: Int) {
    self.longest = longest
  }

  /// The lines that end in these bytes.
  public mutating func lines(in chunk: [UInt8]) -> [Line] {
    var lines: [Line] = []
    var start = 0
    while let end = chunk[start...].firstIndex(of: 0x0A) {
      lines.append(line(endingWith: chunk[start..<end]))
      start = end + 1
    }
    keep(chunk[start...])
    return lines
  }

  /// The last line, if it has no end of its own.
  public mutating func finish() -> Line? {
    if partial.isEmpty, !isSkipping { return nil }
    return line(endingWith: [])
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    if isSkipping { return }
    if partial.count + bytes.count - 1 > longest {
      partial = []
      isSkipping = true
    } else {
      partial.append(contentsOf: bytes)
    }
  }

  private mutating func line(endingWith bytes: ArraySlice<UInt8>) -> Line {
    keep(bytes)
    number += 1
    var line = partial
    partial = []
    if isSkipping {
      isSkipping = false
      return Line(number: number, bytes: nil)
    }
    if line.last == 0x0D { line.removeLast() }
    return Line(number: number, bytes: line.count > longest ? nil : line)
  }
}
