/// Numbers as ECMAScript writes them (ECMA-262 `Number::toString`), which RFC 8785 §3.2.2.3 asks for.
enum ECMAScriptNumber {
  /// The shortest text that reads back as the same value, or nil if it isn't finite.
  static func text(_ number: Double) -> String? {
    guard number.isFinite else { return nil }
    if number == 0 { return "0" }
    let (digits, point) = decimal(number.magnitude)
    let count = digits.count
    let text: String =
      if count <= point, point <= 21 {
        digits + String(repeating: "0", count: point - count)
      } else if 0 < point, point <= 21 {
        digits.prefix(point) + "." + digits.dropFirst(point)
      } else if -6 < point, point <= 0 {
        "0." + String(repeating: "0", count: -point) + digits
      } else {
        scientific(digits, exponent: point - 1)
      }
    return number < 0 ? "-" + text : text
  }

  private static func scientific(_ digits: String, exponent: Int) -> String {
    let fraction = digits.dropFirst()
    return digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
      + (exponent < 0 ? "e-" : "e+") + String(exponent.magnitude)
  }

  /// The shortest digits of a positive number, and where the decimal point stands in them: the
  /// value is 0.digits times ten to that power.
  ///
  /// Swift's `description` already has the shortest digits, only laid out otherwise.
  private static func decimal(_ number: Double) -> (digits: String, point: Int) {
    let parts = number.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = mantissa[0]
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    var point = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    var digits = whole + fraction
    while digits.first == "0" {
      digits.removeFirst()
      point -= 1
    }
    while digits.last == "0" { digits.removeLast() }
    return (String(digits), point)
  }
}
