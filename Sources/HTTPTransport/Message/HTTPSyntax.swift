/// The parts of HTTP's grammar that requests are checked against and responses read with.
enum HTTPSyntax {
  /// Whether the text is a token: a method or a header's name (RFC 9110, 5.6.2).
  static func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(isTokenByte)
  }

  /// Whether the text may be a header's value: no control character other than the tab.
  ///
  /// A carriage return or line feed would end the header and start another one of the
  /// value's choosing; that is how headers are injected.
  static func isFieldValue(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
  }

  /// Whether two texts are the same but for the case of ASCII letters.
  static func equalIgnoringCase(
    _ first: some Collection<UInt8>, _ second: some Collection<UInt8>
  ) -> Bool {
    first.count == second.count
      && first.elementsEqual(second) { lowercased($0) == lowercased($1) }
  }

  /// Whether two texts are the same but for the case of ASCII letters.
  static func equalIgnoringCase(_ first: String, _ second: String) -> Bool {
    equalIgnoringCase(first.utf8, second.utf8)
  }

  /// The bytes without the spaces, tabs and line ends around them.
  static func trimmed<Bytes: BidirectionalCollection<UInt8>>(_ bytes: Bytes) -> Bytes.SubSequence {
    var slice = bytes[...]
    while let first = slice.first, isSpace(first) { slice.removeFirst() }
    while let last = slice.last, isSpace(last) { slice.removeLast() }
    return slice
  }

  /// The bytes as text, without the spaces, tabs and line ends around them.
  ///
  /// Bytes that are not UTF-8 become U+FFFD: a header may hold any of them.
  static func text(_ bytes: some BidirectionalCollection<UInt8>) -> String {
    String(decoding: trimmed(bytes), as: UTF8.self)
  }

  /// Whether the byte is white space inside or at the end of a header line.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "@"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"),
      UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "?"), UInt8(ascii: "="), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      false
    default: byte > 0x20 && byte < 0x7F
    }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }
}
