import PatchbayCore

/// Numbers as the summary shows them.
enum Formats {
  /// A number with a fixed count of decimals.
  static func decimal(_ value: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    guard value.isFinite, abs(value) < 1e15 / scale else { return "\(value)" }
    let scaled = Int64((abs(value) * scale).rounded())
    let whole = scaled / Int64(scale)
    let sign = value < 0 && scaled != 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(whole) }
    let fraction = String(scaled % Int64(scale))
    return sign + String(whole) + "."
      + String(repeating: "0", count: decimals - fraction.count) + fraction
  }

  /// Nanoseconds in the unit that suits their size.
  static func duration(_ nanoseconds: Double) -> String {
    switch nanoseconds {
    case 0: "0s"
    case ..<1_000: decimal(nanoseconds, 0) + "ns"
    case ..<1_000_000: decimal(nanoseconds / 1_000, 1) + "µs"
    case ..<1_000_000_000: decimal(nanoseconds / 1_000_000, 2) + "ms"
    case ..<60_000_000_000: decimal(nanoseconds / 1_000_000_000, 2) + "s"
    default:
      decimal((nanoseconds / 60_000_000_000).rounded(.down), 0) + "m"
        + decimal(nanoseconds.truncatingRemainder(dividingBy: 60_000_000_000) / 1e9, 1) + "s"
    }
  }

  /// A metric's value: whole if it is, else with at most four decimals.
  static func value(_ value: Double) -> String {
    if let whole = Int(exactly: value) { return String(whole) }
    var text = decimal(value, 4)
    if !text.contains(".") || text.contains("e") { return text }
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }

  /// A part of a whole as a percentage.
  static func share(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "" : decimal(100 * Double(part) / Double(whole), 2) + "%"
  }
}

extension Formats {
  /// A whole number in groups of three digits.
  static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      // A narrow blank at which no line breaks.
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "\u{202F}" }
      text.append(digit)
    }
    return text
  }

  /// A number as short as an axis wants it: `1.2k`, `3M`.
  static func short(_ value: Double) -> String {
    for (unit, name) in [(1e9, "G"), (1e6, "M"), (1e3, "k")] where value >= unit {
      return Self.value((value / unit * 100).rounded() / 100) + name
    }
    return Self.value((value * 100).rounded() / 100)
  }

  /// Nanoseconds as short as an axis wants them: `1ms`, `2.5s`, `3m`, `1h`.
  static func shortDuration(_ nanoseconds: Double) -> String {
    let units: [(Double, String)] = [
      (3.6e12, "h"), (6e10, "m"), (1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1, "ns"),
    ]
    guard nanoseconds >= 1, let unit = units.first(where: { nanoseconds >= $0.0 }) else {
      return "0"
    }
    return value((nanoseconds / unit.0 * 100).rounded() / 100) + unit.1
  }
}
