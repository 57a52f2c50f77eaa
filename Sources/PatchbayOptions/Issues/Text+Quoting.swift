import PatchbayJSON

extension String {
  /// The text with everything that a terminal would act on, or show nothing for, written out as
  /// `U+001B`.
  package var visible: String {
    guard unicodeScalars.contains(where: { $0.properties.isInvisibleInText }) else { return self }
    return unicodeScalars.map { scalar in
      scalar.properties.isInvisibleInText
        ? scalar.codePoint : String(scalar)
    }.joined()
  }

  /// The text in quotes, escaped as in JSON, so that a message stays on its line.
  package var quoted: String {
    let plain = unicodeScalars.allSatisfy { !$0.properties.isInvisibleInText }
    if plain { return JSONValue.string(self).text() }
    let visible = unicodeScalars.map { scalar in
      scalar.properties.isInvisibleInText && scalar.value >= 0x7F
        ? scalar.codePoint : String(scalar)
    }
    return JSONValue.string(visible.joined()).text()
  }
}

extension Unicode.Scalar {
  /// The number as Unicode writes it: `U+001B`.
  fileprivate var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension Unicode.Scalar.Properties {
  /// Whether a terminal would act on the scalar, or show nothing, rather than print it.
  fileprivate var isInvisibleInText: Bool {
    switch generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}

extension UInt8 {
  /// Whether the byte is a letter of either case.
  var isASCIILetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }

  /// Whether the byte is a decimal digit.
  var isASCIIDigit: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
  }
}
