// Pieces of JSON, written into bytes without a string in between.

extension [UInt8] {
  /// Appends a text that is known beforehand.
  package mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a whole number in decimal.
  package mutating func append(decimal number: Int64) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var start = digits.count
      var rest = number.magnitude
      repeat {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
        rest = quotient
      } while rest > 0
      if number < 0 { append(UInt8(ascii: "-")) }
      append(contentsOf: UnsafeMutableBufferPointer(rebasing: digits[start...]))
    }
  }
}

extension InjectionTimings {
  /// Appends `serviceMilliseconds` as JSON has it: as few decimals as it takes, three at the most.
  package func appendServiceMilliseconds(to bytes: inout [UInt8]) {
    let microseconds = service / 1_000
    bytes.append(decimal: microseconds / 1_000)
    var fraction = Int(abs(microseconds % 1_000))
    if fraction == 0 { return }
    bytes.append(UInt8(ascii: "."))
    for scale in [100, 10, 1] where fraction > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(fraction / scale))
      fraction %= scale
    }
  }
}

extension Outcome.Kind {
  /// The wire name, as it is written most often.
  package var wireName: StaticString {
    switch self {
    case .undecided: "undecided"
    case .accepted: "accepted"
    case .rejected: "rejected"
    case .failed: "failed"
    case .unknown: "unknown"
    }
  }
}
