/// Names and values of a query or a form body (`application/x-www-form-urlencoded`, as the
/// [URL standard](https://url.spec.whatwg.org/#application/x-www-form-urlencoded) defines it, but
/// strict about what can't be decoded).
struct FormFields {
  private(set) var fields: [(name: String, value: String)] = []

  static let mediaType = "application/x-www-form-urlencoded"

  /// The names that are there, each once.
  var names: [String] {
    var names: [String] = []
    for field in fields where !names.contains(field.name) { names.append(field.name) }
    return names
  }

  /// Reads fields; nil for a percent sign without two hexadecimal digits, or text that isn't UTF-8.
  init?(parsing text: some Collection<UInt8>) {
    for field in text.split(separator: UInt8(ascii: "&")) {
      let parts = field.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decode(parts[0]),
        let value = parts.count > 1 ? Self.decode(parts[1]) : ""
      else { return nil }
      fields.append((name, value))
    }
  }

  /// The values of a name, in order.
  subscript(name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }

  /// The text behind percent signs; nil if one lacks its digits, or the text isn't UTF-8.
  static func decodePercents(_ text: some Collection<UInt8>) -> String? {
    decode(text, plusIsSpace: false)
  }

  /// A value as it stands in a query: all but letters, digits and `-._~` behind percent signs.
  static func encode(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return encoded
  }

  private static func decode(
    _ text: some Collection<UInt8>, plusIsSpace: Bool = true
  ) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var rest = text[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(hexadecimalDigit),
          let low = rest.popFirst().flatMap(hexadecimalDigit)
        else { return nil }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
