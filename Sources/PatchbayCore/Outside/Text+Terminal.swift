extension String {
  /// The text without what would drive a terminal, but for its lines and the program's own colours.
  ///
  /// Whoever puts outside text into it has made that `visible` before: a line end in it would begin a
  /// line that looks like the program's own.
  package var safeForTerminal: String {
    // The usual line has nothing that could.
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x09 }) { return self }
    var safe = ""
    var rest = self[...]
    while let scalar = rest.unicodeScalars.first {
      if let colour = rest.prefixMatch(of: /\u{1B}\[[0-9;]*m/) {
        safe += colour.output
        rest = rest[colour.range.upperBound...]
      } else {
        safe += scalar == "\n" || scalar == "\t" ? String(scalar) : String(scalar).visible
        rest = Substring(rest.unicodeScalars.dropFirst())
      }
    }
    return safe
  }
}
