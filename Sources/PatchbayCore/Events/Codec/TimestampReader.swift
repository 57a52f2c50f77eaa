/// Reads RFC 3339 times one after the other; those of one day cost little.
struct TimestampReader: Sendable {
  /// `2026-01-31` of the last time, and what there is of it before midnight in UTC.
  private var day: (beginning: UInt64, end: UInt16) = (0, 0)
  private var midnight: Int64 = 0

  /// A time as `Timestamp(rfc3339:)` reads it; nil for anything else.
  @inline(__always)
  mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> Timestamp? {
    guard text.count >= 20, let base = text.baseAddress else { return nil }
    let raw = UnsafeRawPointer(base)
    let beginning = raw.loadUnaligned(as: UInt64.self)
    let end = (raw + 8).loadUnaligned(as: UInt16.self)
    guard beginning == day.beginning, end == day.end, base[10] == UInt8(ascii: "T"),
      base[13] == UInt8(ascii: ":"), base[16] == UInt8(ascii: ":"),
      text[text.count - 1] == UInt8(ascii: "Z"),
      let hour = Self.twoDigits(base + 11), hour < 24,
      let minute = Self.twoDigits(base + 14), minute < 60,
      let second = Self.twoDigits(base + 17), second < 60,
      let fraction = Self.fraction(text)
    else { return readAny(text) }
    let seconds = (hour * 60 + minute) * 60 + second
    return Timestamp(nanoseconds: midnight + seconds * 1_000_000_000 + fraction)
  }

  private mutating func readAny(_ text: UnsafeBufferPointer<UInt8>) -> Timestamp? {
    guard let timestamp = Timestamp(rfc3339: text) else { return nil }
    guard let base = text.baseAddress else { return timestamp }
    let raw = UnsafeRawPointer(base)
    let date = (raw.loadUnaligned(as: UInt64.self), (raw + 8).loadUnaligned(as: UInt16.self))
    if date == day { return timestamp }
    // Days of which a part can't be told are left alone.
    let midnight = Timestamp(
      rfc3339: Array(text.prefix(10)) + Array("T00:00:00Z".utf8))
    let nextMidnight = midnight?.advanced(byNanoseconds: 86_400_000_000_000)
    if let midnight, let nextMidnight, nextMidnight.nanoseconds < .max {
      day = date
      self.midnight = midnight.nanoseconds
    }
    return timestamp
  }

  @inline(__always)
  private static func twoDigits(_ base: UnsafePointer<UInt8>) -> Int64? {
    let (tens, ones) = (base[0] &- UInt8(ascii: "0"), base[1] &- UInt8(ascii: "0"))
    guard tens < 10, ones < 10 else { return nil }
    return Int64(tens) * 10 + Int64(ones)
  }

  /// The nanoseconds between the seconds and the `Z`; nil if they aren't written as they should.
  @inline(__always)
  private static func fraction(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    if text.count == 20 { return 0 }
    let digits = text.count - 21
    guard text[19] == UInt8(ascii: "."), (1...9).contains(digits) else { return nil }
    var number: Int64 = 0
    for index in 20..<20 + digits {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number * 10 + Int64(digit)
    }
    for _ in digits..<9 { number *= 10 }
    return number
  }
}
