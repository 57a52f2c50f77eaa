/// A decimal number as it is written, kept as whole numbers so that nothing is rounded.
struct DecimalText {
  private var digits: Int128 = 0
  private var scale: Int128 = 1

  /// Reads digits, perhaps with a fraction, off the front of a text; nil if there are none, or more
  /// than can be kept.
  init?(prefixOf text: inout Substring.UTF8View) {
    guard take(&text, isFraction: false) else { return nil }
    guard text.first == UInt8(ascii: ".") else { return }
    text = text.dropFirst()
    guard take(&text, isFraction: true) else { return nil }
  }

  /// The product, or nil if it isn't whole or doesn't fit.
  func multiplied(by factor: Int128) -> Int128? {
    let (product, overflows) = digits.multipliedReportingOverflow(by: factor)
    return overflows || !product.isMultiple(of: scale) ? nil : product / scale
  }

  /// `number` with zeros in front, up to `width` digits, and without zeros at the end: the digits
  /// after a decimal point.
  static func fraction(_ number: Int128, width: Int) -> String {
    var text = String(number)
    text = String(repeating: "0", count: max(0, width - text.count)) + text
    while text.last == "0" { text.removeLast() }
    return text
  }

  private mutating func take(_ text: inout Substring.UTF8View, isFraction: Bool) -> Bool {
    let found = text.prefix { $0.isASCIIDigit }
    for digit in found {
      let (shifted, overflows) = digits.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = shifted.addingReportingOverflow(Int128(digit & 0x0F))
      if overflows || overflowsToo { return false }
      digits = sum
      if isFraction {
        let (tenfold, overflows) = scale.multipliedReportingOverflow(by: 10)
        if overflows { return false }
        scale = tenfold
      }
    }
    text = text.dropFirst(found.count)
    return !found.isEmpty
  }
}
