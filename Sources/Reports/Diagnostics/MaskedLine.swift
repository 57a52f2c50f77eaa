import PatchbayCore

/// A line of a configuration as a message may show it: the names, the shape, and no value that could
/// be a secret.
///
/// Whether a value is secret is known only where its option is; a misspelt option has none. So every
/// value is masked but those that only connect stages to each other, and the one that the message
/// itself quotes. It works on any text, also where the JSON is broken.
struct MaskedLine {
  /// Names whose values refer to types, stages and other names.
  private static let plainNames: Set<String> = ["type", "inputs", "connection", "template"]
  private static let mask = "…"
  /// How much of a long line is shown on each side of the place.
  private static let reach = 60

  /// The line.
  private(set) var text = ""
  /// Where the place is in `text`, counted from 0, and how many characters it takes.
  private(set) var caret = 0
  private(set) var width = 1

  private let scalars: [Unicode.Scalar]
  private let column: Int
  private let message: String
  private var lastName: String?

  /// - Parameters:
  ///   - line: the line without its end.
  ///   - column: the place, counted from 1 in scalars.
  ///   - message: what is said about the place.
  init(_ line: String, column: Int, message: String) {
    scalars = Array(line.unicodeScalars)
    self.column = column
    self.message = message
    var offset = 0
    while offset < scalars.count { offset = appendToken(at: offset) }
    if column > scalars.count { caret = text.count }
    cutToReach()
  }

  private mutating func appendToken(at start: Int) -> Int {
    let scalar = scalars[start]
    if scalar == "\"" { return appendString(at: start) }
    if Self.isStructure(scalar) {
      if scalar == "{" || scalar == "}" { lastName = nil }
      place(start..<(start + 1), as: scalar.properties.isWhitespace ? " " : String(scalar))
      return start + 1
    }
    var end = start
    while end < scalars.count, !Self.isStructure(scalars[end]), scalars[end] != "\"" { end += 1 }
    let word = string(start..<end)
    let isPlain = ["true", "false", "null"].contains(word) || isQuoted(word, at: start)
    place(start..<end, as: isPlain ? word : Self.mask)
    return end
  }

  private mutating func appendString(at start: Int) -> Int {
    var end = start + 1
    while end < scalars.count, scalars[end] != "\"" { end += scalars[end] == "\\" ? 2 : 1 }
    let isClosed = end < scalars.count
    end = min(scalars.count, end + 1)
    var next = end
    while next < scalars.count, scalars[next].properties.isWhitespace { next += 1 }
    let token = string(start..<end)
    if isClosed, next < scalars.count, scalars[next] == ":" {
      lastName = String(token.dropFirst().dropLast())
      place(start..<end, as: token)
    } else if isQuoted(token, at: start) || isClosed && Self.plainNames.contains(lastName ?? "") {
      place(start..<end, as: token)
    } else {
      place(start..<end, as: isClosed ? "\"\(Self.mask)\"" : "\"\(Self.mask)")
    }
    return end
  }

  /// Whether the message shows this value, which it only does if it is no secret.
  private func isQuoted(_ token: String, at start: Int) -> Bool {
    start + 1 == column && message.contains("found ")
      && (message.contains("found \(token)") || message.contains("found the number \(token)"))
  }

  private mutating func place(_ range: Range<Int>, as shown: String) {
    let visible = String(
      String.UnicodeScalarView(
        shown.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    if range.contains(column - 1) {
      caret = text.count
      let isStart = range.lowerBound == column - 1
      width = isStart ? max(1, visible.count) : 1
      if !isStart { caret += min(column - 1 - range.lowerBound, max(0, visible.count - 1)) }
    }
    text += visible
  }

  private mutating func cutToReach() {
    let first = max(0, caret - Self.reach)
    let last = min(text.count, caret + width + Self.reach)
    let end = text.count
    var shown = String(text.dropFirst(first).prefix(last - first))
    caret -= first
    if first > 0 {
      shown = "..." + shown
      caret += 3
    } else {
      let indent = shown.prefix { $0 == " " }.count
      let cut = min(indent, caret)
      shown = String(shown.dropFirst(cut))
      caret -= cut
    }
    if last < end { shown += "..." }
    text = shown
  }

  private func string(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(scalars[range]))
  }

  private static func isStructure(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || "{}[]:,".unicodeScalars.contains(scalar)
  }
}
