extension JSONValue {
  /// The canonical form of RFC 8785: members sorted by UTF-16 code units, numbers as ECMAScript
  /// writes them, no blanks.
  ///
  /// Whole numbers beyond ±(2^53 - 1) are written as the nearest floating-point value, as the RFC's
  /// I-JSON numbers demand; keep such values in strings.
  public func canonical() -> [UInt8] {
    var bytes: [UInt8] = []
    JSONWriter.append(canonicalForm, to: &bytes)
    return bytes
  }

  private var canonicalForm: JSONValue {
    switch self {
    case .integer(let number) where number.magnitude > 1 << 53 - 1: .number(Double(number))
    case .array(let elements): .array(elements.map(\.canonicalForm))
    case .object(let members):
      .object(
        members
          .sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
          .map { Member($0.name, $0.value.canonicalForm) })
    case .null, .bool, .integer, .number, .string: self
    }
  }
}
