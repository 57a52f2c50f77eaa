extension Timestamp: LosslessStringConvertible {
  /// Reads an RFC 3339 date-time with an offset: `2026-01-31T09:30:00.123456789Z`.
  ///
  /// Nil for anything else: a missing offset, a date that doesn't exist, a leap second, more than
  /// nine decimals, or a year outside 1677 to 2262.
  public init?(_ text: String) {
    self.init(rfc3339: Array(text.utf8))
  }

  /// Reads an RFC 3339 date-time from UTF-8 bytes; see `init(_:)`.
  public init?(rfc3339 bytes: some Collection<UInt8>) {
    var reader = DigitReader(bytes)
    guard let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2),
      reader.skip("-"), let day = reader.digits(2), reader.skip("T") || reader.skip("t"),
      let hour = reader.digits(2), reader.skip(":"), let minute = reader.digits(2),
      reader.skip(":"), let second = reader.digits(2),
      let date = CivilDate(year: year, month: month, day: day),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var fraction = 0
    if reader.skip(".") {
      guard let read = reader.fraction(upTo: 9) else { return nil }
      fraction = read
    }
    guard let offset = reader.zoneOffset(), reader.isAtEnd else { return nil }
    let seconds = date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second - offset
    // Wider than the result: the earliest instants fit only together with their fraction.
    let exact = Int128(seconds) * 1_000_000_000 + Int128(fraction)
    guard let nanoseconds = Int64(exactly: exact) else { return nil }
    self.init(nanoseconds: nanoseconds)
  }

  /// The time in RFC 3339, in UTC with nine decimals: `2026-01-31T09:30:00.123456789Z`.
  public var description: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(30)
    appendRFC3339(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `description` as UTF-8.
  public func appendRFC3339(to bytes: inout [UInt8]) {
    let fields = civil
    Self.append(fields.date.year, width: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    Self.append(fields.date.month, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    Self.append(fields.date.day, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    Self.append(fields.second / 3_600, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    Self.append(fields.second / 60 % 60, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    Self.append(fields.second % 60, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "."))
    Self.append(fields.nanosecond, width: 9, to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
  }

  /// The time as `yyyyMMdd_HHmmss` in UTC, for file names.
  public var fileNameStamp: String {
    let fields = civil
    var bytes: [UInt8] = []
    Self.append(fields.date.year, width: 4, to: &bytes)
    Self.append(fields.date.month, width: 2, to: &bytes)
    Self.append(fields.date.day, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "_"))
    Self.append(fields.second / 3_600, width: 2, to: &bytes)
    Self.append(fields.second / 60 % 60, width: 2, to: &bytes)
    Self.append(fields.second % 60, width: 2, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private var civil: (date: CivilDate, second: Int, nanosecond: Int) {
    let perDay: Int64 = 86_400_000_000_000
    var days = nanoseconds / perDay
    var rest = nanoseconds % perDay
    if rest < 0 {
      days -= 1
      rest += perDay
    }
    let second = Int(rest / 1_000_000_000)
    return (CivilDate(daysSince1970: Int(days)), second, Int(rest % 1_000_000_000))
  }

  private static func append(_ number: Int, width: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width))
    var rest = number
    for index in stride(from: start + width - 1, through: start, by: -1) {
      bytes[index] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
  }
}

/// Steps through the fixed-width fields of a date-time.
private struct DigitReader<Bytes: Collection<UInt8>> {
  private var rest: Bytes.SubSequence

  init(_ bytes: Bytes) {
    rest = bytes[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func digits(_ count: Int) -> Int? {
    var number = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// Decimals after a point, scaled to nanoseconds.
  mutating func fraction(upTo most: Int) -> Int? {
    var number = 0
    var count = 0
    while count < most, let digit = digit() {
      number = number * 10 + digit
      count += 1
    }
    guard count > 0 else { return nil }
    for _ in count..<most { number *= 10 }
    return number
  }

  /// `Z` or `+hh:mm`, in seconds.
  mutating func zoneOffset() -> Int? {
    if skip("Z") || skip("z") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = digits(2), skip(":"), let minutes = digits(2), hours < 24,
      minutes < 60
    else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }

  private mutating func digit() -> Int? {
    guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    else { return nil }
    rest.removeFirst()
    return Int(byte - UInt8(ascii: "0"))
  }
}
