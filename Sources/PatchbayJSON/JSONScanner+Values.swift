extension JSONScanner {
  /// Reads a number.
  ///
  /// The next byte must be a digit or a minus sign.
  ///
  /// - Throws: `Failure` where the grammar of RFC 8259 §6 is left, or for a number that no 64-bit
  ///   floating-point value can come near.
  public mutating func number() throws(Failure) -> Number {
    let start = offset
    var isWhole = true
    if peek == UInt8(ascii: "-") { advance() }
    let leading = peek
    try digits("expected a digit")
    if leading == UInt8(ascii: "0"), offset - start > (bytes[start] == UInt8(ascii: "-") ? 2 : 1) {
      throw Failure(at: start, "a number can't start with 0")
    }
    if peek == UInt8(ascii: ".") {
      isWhole = false
      advance()
      try digits("expected a digit after the decimal point")
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      isWhole = false
      advance()
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { advance() }
      try digits("expected a digit in the exponent")
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if isWhole, text != "-0", let integer = Int(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else {
      throw Failure(at: start, "the number \(text.prefix(40)) is out of range")
    }
    return .number(number)
  }

  private mutating func digits(_ expectation: String) throws(Failure) {
    let start = offset
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
    if offset == start { throw Failure(at: offset, "\(expectation), found \(foundHere)") }
  }

  /// Steps over one whole value of any kind and checks its grammar.
  ///
  /// - Parameter depth: how many levels of arrays and objects it may have.
  /// - Throws: `Failure` where it isn't JSON or is nested too deep.
  public mutating func skipValue(depth: Int) throws(Failure) {
    switch peek ?? 0 {
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try number()
    case UInt8(ascii: "{"): try skipItems(closing: UInt8(ascii: "}"), named: true, depth: depth)
    case UInt8(ascii: "["): try skipItems(closing: UInt8(ascii: "]"), named: false, depth: depth)
    default:
      if skip("true") || skip("false") || skip("null") { return }
      throw Failure(at: offset, "expected a value, found \(foundHere)")
    }
  }

  private mutating func skipItems(
    closing: UInt8, named: Bool, depth: Int
  ) throws(Failure) {
    if depth <= 0 { throw Failure(at: offset, "arrays and objects are nested too deep") }
    advance()
    skipWhitespace()
    if peek == closing { return advance() }
    while true {
      if named {
        guard peek == UInt8(ascii: "\"") else {
          throw Failure(at: offset, "expected a name in quotes, found \(foundHere)")
        }
        _ = try string()
        skipWhitespace()
        guard skip(":") else {
          throw Failure(at: offset, "expected \":\" after a name, found \(foundHere)")
        }
        skipWhitespace()
      }
      try skipValue(depth: depth - 1)
      skipWhitespace()
      if peek == closing { return advance() }
      guard skip(",") else {
        let bracket = Unicode.Scalar(closing)
        throw Failure(at: offset, "expected \",\" or \"\(bracket)\", found \(foundHere)")
      }
      skipWhitespace()
    }
  }
}
