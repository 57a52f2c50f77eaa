/// Finds characters that end a line or steer a terminal, and says what is written instead.
///
/// RFC 5424 §6.3.3 and §6.4 allow them, but receivers change them or break lines at them, and a
/// line that an event broke could pass for a message of its own (§8.2).
enum ControlCharacter {
  /// ASCII's and Latin-1's control characters, and Unicode's separators of lines.
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    default: false
    }
  }

  /// A character that shows it: `␊` for a line feed.
  static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    default: "\u{FFFD}"
    }
  }

  /// Its escape in a JSON string.
  static func escape(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
  }

  /// A text with pictures in their place.
  static func shown(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: contains) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(contains(scalar) ? picture(of: scalar) : scalar)
    }
    return String(result)
  }
}
