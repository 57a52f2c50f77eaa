/// Durations as people write them: `30s`, `100ms`, `1m30s`.
extension Duration: OptionText {
  /// Numbers with units, the greatest unit first.
  public static var grammar: (name: String, example: String, pattern: String?) {
    ("duration", "30s", #"^([0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h|d))+$"#)
  }

  /// Seconds or milliseconds, as formats have it that leave the unit out.
  public static var likelyUnits: [String] { ["s", "ms"] }

  private static let units: [(name: String, attoseconds: Int128)] = [
    ("d", 86_400_000_000_000_000_000_000), ("h", 3_600_000_000_000_000_000_000),
    ("m", 60_000_000_000_000_000_000), ("s", 1_000_000_000_000_000_000),
    ("ms", 1_000_000_000_000_000), ("us", 1_000_000_000_000), ("ns", 1_000_000_000),
  ]

  /// Reads numbers with units, each unit once, the greatest first.
  ///
  /// Refuses what can't be kept exactly: fractions below an attosecond, and more seconds than 63
  /// bits hold.
  public init?(optionText: String) {
    var rest = optionText.utf8[...]
    var units = Self.units[...]
    var total: Int128 = 0
    repeat {
      guard let number = DecimalText(prefixOf: &rest) else { return nil }
      let name = rest.prefix { $0.isASCIILetter }
      rest = rest.dropFirst(name.count)
      guard let index = units.firstIndex(where: { name.elementsEqual($0.name.utf8) }),
        let part = number.multiplied(by: units[index].attoseconds)
      else { return nil }
      units = units[(index + 1)...]
      let (sum, overflows) = total.addingReportingOverflow(part)
      guard !overflows, sum / 1_000_000_000_000_000_000 <= Int64.max else { return nil }
      total = sum
    } while !rest.isEmpty
    self = .init(attoseconds: total)
  }

  /// The normal form, without units that count nothing: `90s` gives `1m30s`.
  public var optionText: String {
    var rest = Int128(clamping: attoseconds.magnitude)
    var text = ""
    for (name, size) in Self.units {
      let (count, remainder) = rest.quotientAndRemainder(dividingBy: size)
      // What is less than the least unit can only be its fraction.
      let fraction =
        name == "ns" && remainder > 0 ? "." + DecimalText.fraction(remainder, width: 9) : ""
      if count > 0 || !fraction.isEmpty { text += "\(count)\(fraction)\(name)" }
      rest = remainder
    }
    return text.isEmpty ? "0s" : (self < .zero ? "-" : "") + text
  }
}
