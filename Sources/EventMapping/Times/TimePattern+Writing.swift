extension TimePattern {
  /// A moment in a zone, taken apart.
  struct Moment {
    var year: Int
    var month: Int
    var day: Int
    /// From Monday, 0.
    var weekday: Int
    /// Seconds since midnight.
    var second: Int
    var nanosecond: Int
    /// Seconds ahead of UTC.
    var offset: Int
  }

  /// Appends a moment as the pattern has it.
  func write(_ moment: Moment, to bytes: inout [UInt8]) {
    for part in parts {
      switch part {
      case .literal(let text): bytes += text
      case .number(let field, let digits):
        Self.append(Self.value(of: field, in: moment), digits: digits.lowerBound, to: &bytes)
      case .fraction(let digits):
        let scale = (digits..<9).reduce(1) { scale, _ in scale * 10 }
        Self.append(moment.nanosecond / scale, digits: digits, to: &bytes)
      case .monthName(let isWhole):
        Self.append(Self.months[moment.month - 1], isWhole: isWhole, to: &bytes)
      case .weekdayName(let isWhole):
        Self.append(Self.weekdays[moment.weekday], isWhole: isWhole, to: &bytes)
      case .halfDay: bytes += (moment.second < 43_200 ? "AM" : "PM").utf8
      case .zone(let style): Self.append(offset: moment.offset, style, to: &bytes)
      }
    }
  }

  private static func value(of field: Field, in moment: Moment) -> Int {
    let hour = moment.second / 3_600
    return switch field {
    case .year: moment.year
    case .yearOfCentury: moment.year % 100
    case .month: moment.month
    case .day: moment.day
    case .hour: hour
    case .hourOfHalfDay: (hour + 11) % 12 + 1
    case .minute: moment.second / 60 % 60
    case .second: moment.second % 60
    }
  }

  private static func append(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
    let text = String(number).utf8
    bytes += repeatElement(UInt8(ascii: "0"), count: max(0, digits - text.count))
    bytes += text
  }

  /// Appends a name as English has it, or its first three letters.
  private static func append(_ name: String, isWhole: Bool, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes += name.utf8.prefix(isWhole ? name.utf8.count : 3)
    bytes[start] &= 0xDF
  }

  private static func append(offset: Int, _ style: ZoneStyle, to bytes: inout [UInt8]) {
    if offset == 0 {
      bytes.append(UInt8(ascii: "Z"))
      return
    }
    bytes.append(UInt8(ascii: offset < 0 ? "-" : "+"))
    let minutes = abs(offset) / 60
    append(minutes / 60, digits: 2, to: &bytes)
    if style == .hours, minutes % 60 == 0 { return }
    if style == .colon { bytes.append(UInt8(ascii: ":")) }
    append(minutes % 60, digits: 2, to: &bytes)
  }
}
