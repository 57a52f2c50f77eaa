extension String {
  /// The text without what would drive a terminal, but for its lines.
  ///
  /// Whoever puts outside text into it has made that `visible` before: a line end in it would begin a
  /// line that looks like the program's own.
  package var safeForTerminal: String { safeForTerminal(keepingColours: false) }

  /// The same, perhaps with the program's own colours.
  ///
  /// - Parameter keepingColours: whether sequences that set colours stay; only for a text in which all
  ///   outside text was made `visible`.
  package func safeForTerminal(keepingColours: Bool) -> String {
    // The usual line has nothing that could.
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x09 }) { return self }
    var safe = ""
    var rest = unicodeScalars[...]
    while let scalar = rest.first {
      if keepingColours, let colour = Self.colour(at: rest) {
        safe += String(colour)
        rest = rest[colour.endIndex...]
      } else {
        safe += scalar == "\n" || scalar == "\t" ? String(scalar) : String(scalar).visible
        rest = rest.dropFirst()
      }
    }
    return safe
  }

  /// The sequence that sets a colour, `ESC [ 1 ; 31 m`, if a text begins with one.
  private static func colour(
    at text: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView? {
    guard text.starts(with: "\u{1B}[".unicodeScalars) else { return nil }
    let rest = text.dropFirst(2)
    let end = rest.drop { ("0"..."9").contains($0) || $0 == ";" }
    return end.first == "m" ? text[..<text.index(after: end.startIndex)] : nil
  }
}
