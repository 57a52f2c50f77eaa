extension Duration {
  /// The duration in milliseconds, rounded up, between 1 and a month: none that libcurl would
  /// take for "no limit" or can't hold.
  package var wholeMilliseconds: Int {
    let bounded = Swift.max(.milliseconds(1), Swift.min(self, .seconds(31 * 24 * 3600)))
    let (seconds, attoseconds) = bounded.components
    return Int(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }

  /// The duration in seconds for people, to the millisecond: `0.25 s`, `30 s`.
  package var inSeconds: String {
    let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    guard rest != 0 else { return "\(whole) s" }
    var fraction = Substring(String(1000 + rest).dropFirst())
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(whole).\(fraction) s"
  }
}
