/// Cuts text into rows of fields, as RFC 4180 has it, chunk by chunk.
///
/// A row that can't be told is given up at its first line's end: what follows is read as if nothing had been.
struct DelimitedReader: Sendable {
  /// A row.
  struct Row {
    /// The line that it begins on.
    let line: Int
    var fields = RowCells()
    /// What is wrong with it.
    var problem: String?
  }

  private let delimiter: UInt8
  private let hasQuotes: Bool
  private let comment: [UInt8]
  /// The most bytes of a row.
  private let longest: Int
  private var skipped: Int
  /// What isn't a whole row yet.
  private var buffer: [UInt8] = []
  private var line = 1
  /// Whether the line that goes on is passed over, since it is too long.
  private var isSkipping = false
  /// How much there was of a row that wasn't whole.
  private var pending = 0
  /// How many fields the row before had, as the next is likely to have.
  private var usualWidth = 0

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  init(_ format: DelimitedFormat, longest: Int) {
    delimiter = format.delimiterByte
    hasQuotes = format.quotes == .rfc4180
    comment = Array(format.comment.utf8)
    skipped = format.skippedLines
    self.longest = longest
  }

  /// The rows that end in these bytes; with no bytes, those that are left.
  mutating func rows(in chunk: [UInt8]) -> [Row] {
    var rows: [Row] = []
    forEachRow(in: chunk) { rows.append($0) }
    return rows
  }

  /// Gives a closure the rows that end in these bytes; with no bytes, those that are left.
  mutating func forEachRow(in chunk: [UInt8], _ body: (Row) -> Void) {
    buffer += chunk
    var start = 0
    defer { buffer.removeFirst(start) }
    while start < buffer.count {
      guard let (row, end) = next(from: start, isLast: chunk.isEmpty) else { break }
      start = end
      if let row { body(row) }
    }
  }

  /// The row that begins at a place, if it is one, and where the next begins; nil if more is needed.
  private mutating func next(from start: Int, isLast: Bool) -> (Row?, Int)? {
    if isSkipping {
      guard let end = lineEnd(from: start) else { return (nil, buffer.count) }
      isSkipping = false
      line += 1
      return (nil, end + 1)
    }
    let isCut = buffer.count - start < comment.count && !isLast
    if isCut, comment.starts(with: buffer[start...]) { return nil }
    if skipped > 0 || (!comment.isEmpty && buffer[start...].starts(with: comment)) {
      skipped = max(0, skipped - 1)
      guard let end = lineEnd(from: start) else {
        isSkipping = true
        return (nil, buffer.count)
      }
      line += 1
      return (nil, end + 1)
    }
    // One that wasn't whole is looked at again when there is twice as much of it.
    let isWorthTrying = isLast || buffer.count - start >= 2 * pending
    if !isWorthTrying, buffer.count - start <= longest { return nil }
    var row = Row(line: line)
    let first = line
    guard let (end, lines) = parse(from: start, isLast: isLast, &row) else {
      pending = buffer.count - start
      if pending <= longest { return nil }
      return giveUp(row, from: start, first, "it is longer than \(longest) bytes")
    }
    if end - start > longest {
      return giveUp(row, from: start, first, "it is longer than \(longest) bytes")
    }
    if let problem = row.problem { return giveUp(row, from: start, first, problem) }
    pending = 0
    usualWidth = row.fields.count
    line += lines
    let isBlank = row.fields.count == 1 && row.fields[0].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    return (isBlank ? nil : row, end)
  }

  private mutating func giveUp(
    _ row: Row, from start: Int, _ first: Int, _ problem: String
  ) -> (Row?, Int) {
    var row = row
    pending = 0
    row.fields = RowCells()
    row.problem = problem
    if let end = lineEnd(from: start) {
      line = first + 1
      return (row, end + 1)
    }
    isSkipping = true
    return (row, buffer.count)
  }

  private func lineEnd(from start: Int) -> Int? {
    buffer[start...].firstIndex(of: Self.lineFeed)
  }

  /// Reads a row's fields; nil if more is needed.
  ///
  /// - Returns: where the next row begins, and how many lines this one has.
  private func parse(from start: Int, isLast: Bool, _ row: inout Row) -> (end: Int, lines: Int)? {
    var place = start
    var lines = 1
    var lineStart = start
    var places: [Range<Int>] = []
    places.reserveCapacity(usualWidth)
    var rewritten: [Int: [UInt8]] = [:]
    while true {
      if hasQuotes, place < buffer.count, buffer[place] == Self.quote {
        let opening = (line: row.line + lines - 1, column: place - lineStart + 1)
        place += 1
        var pieceStart = place
        // What comes before a quote that stands for itself, with that.
        var pieces: [UInt8] = []
        while true {
          guard place < buffer.count else {
            if !isLast { return nil }
            row.problem =
              "the quote at line \(opening.line), column \(opening.column) is never closed"
            return (buffer.count, lines)
          }
          let byte = buffer[place]
          place += 1
          if byte == Self.quote {
            guard place < buffer.count else {
              if !isLast { return nil }
              break
            }
            guard buffer[place] == Self.quote else { break }
            pieces += buffer[pieceStart..<place]
            place += 1
            pieceStart = place
          } else if byte == Self.lineFeed {
            lines += 1
            lineStart = place
          }
        }
        if !pieces.isEmpty {
          pieces += buffer[pieceStart..<place - 1]
          rewritten[places.count] = pieces
        }
        places.append(pieceStart..<place - 1)
        if place < buffer.count, buffer[place] == Self.carriageReturn {
          // Only before a line's end is it a part of that.
          if place + 1 == buffer.count, !isLast { return nil }
          if place + 1 == buffer.count || buffer[place + 1] == Self.lineFeed { place += 1 }
        }
        guard place < buffer.count else {
          if !isLast { return nil }
          row.fields = RowCells(of: buffer, at: places, rewritten: rewritten)
          return (place, lines)
        }
        if buffer[place] == Self.lineFeed {
          row.fields = RowCells(of: buffer, at: places, rewritten: rewritten)
          return (place + 1, lines)
        }
        guard buffer[place] == delimiter else {
          row.problem =
            "column \(place - lineStart + 1) follows a closed quote; expected the delimiter or the end "
            + "of the row; if quotes are mere characters here, set \"quotes\" to \"none\""
          return (place, lines)
        }
        place += 1
      } else {
        let fieldStart = place
        while place < buffer.count, buffer[place] != delimiter, buffer[place] != Self.lineFeed {
          if hasQuotes, buffer[place] == Self.quote {
            row.problem =
              "there is a quote in column \(place - lineStart + 1), in the middle of a field; if quotes "
              + "are mere characters here, set \"quotes\" to \"none\""
            return (place, lines)
          }
          place += 1
        }
        guard place < buffer.count || isLast else { return nil }
        let isEnd = place == buffer.count || buffer[place] == Self.lineFeed
        let hasReturn = isEnd && place > fieldStart && buffer[place - 1] == Self.carriageReturn
        places.append(fieldStart..<(hasReturn ? place - 1 : place))
        if isEnd {
          row.fields = RowCells(of: buffer, at: places, rewritten: rewritten)
          return (min(place + 1, buffer.count), lines)
        }
        place += 1
      }
    }
  }
}
