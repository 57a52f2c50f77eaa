/// Makes fields of a message's header, where only printable ASCII may stand (RFC 5424 §6).
enum HeaderField {
  /// What stands for a field without a value (RFC 5424 §6).
  static let absent = "-"

  /// PRINTUSASCII: 33 to 126.
  static func isPrintable(_ byte: UInt8) -> Bool { (33...126).contains(byte) }

  /// The text with `_` for every character that can't stand there, cut to the longest length.
  static func text(of text: String, upTo longest: Int) -> String {
    let kept = text.unicodeScalars.prefix(longest).map { scalar -> Unicode.Scalar in
      (33...126).contains(scalar.value) ? scalar : "_"
    }
    if kept.isEmpty { return absent }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: kept)
    return String(result)
  }
}
