/// How a date and time is written, in the letters of Unicode's date patterns (UTS 35): `M/d/yyyy h:mm:ss a`.
package struct TimePattern: Sendable, Equatable {
  /// What stands one behind the other.
  enum Part: Sendable, Equatable {
    case number(Field, digits: ClosedRange<Int>)
    /// Decimals of a second; how many is for whoever writes them.
    case fraction(Int)
    /// A name, of three letters or whole where it is written.
    case monthName(isWhole: Bool)
    case weekdayName(isWhole: Bool)
    case halfDay
    case zone(ZoneStyle)
    case literal([UInt8])
  }

  enum Field: Sendable, Equatable {
    case year
    case yearOfCentury
    case month
    case day
    case hour
    case hourOfHalfDay
    case minute
    case second
  }

  /// How an offset is written; every way of it is read.
  enum ZoneStyle: Sendable, Equatable {
    /// `+02`, and with minutes if there are some.
    case hours
    /// `+0200`
    case plain
    /// `+02:00`
    case colon
  }

  /// What was read: fields that the pattern lacks have their least value.
  package struct Reading: Equatable {
    package internal(set) var year = 1970
    package internal(set) var month = 1
    package internal(set) var day = 1
    package internal(set) var hour = 0
    package internal(set) var minute = 0
    package internal(set) var second = 0
    var nanosecond = 0
    /// Seconds ahead of UTC; nil if that isn't said.
    var offset: Int?
    var isAfternoon: Bool?
  }

  let parts: [Part]
  /// Whether it has a date, and not a time of day alone.
  package let hasDate: Bool

  /// Nil if there is a letter in it that means nothing here.
  package init?(_ pattern: String) {
    var parts: [Part] = []
    var rest = Array(pattern.utf8)[...]
    func literal(_ bytes: [UInt8]) {
      if case .literal(let before)? = parts.last {
        parts[parts.count - 1] = .literal(before + bytes)
      } else {
        parts.append(.literal(bytes))
      }
    }
    while let first = rest.first {
      if first == UInt8(ascii: "'") {
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: UInt8(ascii: "'")) else { return nil }
        // Two quotes are one.
        literal(end == rest.startIndex ? [first] : Array(rest[..<end]))
        rest = rest[(end + 1)...]
        continue
      }
      let run = rest.prefix { $0 == first }
      let isLetter =
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= first
        || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first
      if isLetter {
        guard let part = Self.part(first, run.count) else { return nil }
        parts.append(part)
      } else {
        literal(Array(run))
      }
      rest = rest.dropFirst(run.count)
    }
    if parts.isEmpty { return nil }
    // An hour of half a day says nothing without the half, and of a whole day nothing with it.
    let hours = parts.contains { if case .number(.hourOfHalfDay, _) = $0 { true } else { false } }
    if hours != parts.contains(.halfDay) { return nil }
    self.parts = parts
    hasDate = parts.contains {
      switch $0 {
      case .number(.day, _), .number(.month, _), .number(.year, _), .number(.yearOfCentury, _),
        .monthName:
        true
      default: false
      }
    }
  }

  private static func part(_ letter: UInt8, _ count: Int) -> Part? {
    let digits = count == 1 ? 1...2 : 2...2
    // No number has more digits, and no name more letters that tell it.
    guard count <= (letter == UInt8(ascii: "S") ? 9 : 4) else { return nil }
    if count > 2, "dHhms".utf8.contains(letter) { return nil }
    switch letter {
    case UInt8(ascii: "y"):
      return count == 2 ? .number(.yearOfCentury, digits: 2...2) : .number(.year, digits: 4...4)
    case UInt8(ascii: "M"):
      return count > 2 ? .monthName(isWhole: count > 3) : .number(.month, digits: digits)
    case UInt8(ascii: "d"): return .number(.day, digits: digits)
    case UInt8(ascii: "H"): return .number(.hour, digits: digits)
    case UInt8(ascii: "h"): return .number(.hourOfHalfDay, digits: digits)
    case UInt8(ascii: "m"): return .number(.minute, digits: digits)
    case UInt8(ascii: "s"): return .number(.second, digits: digits)
    case UInt8(ascii: "S"): return .fraction(count)
    case UInt8(ascii: "E"): return .weekdayName(isWhole: count > 3)
    case UInt8(ascii: "a"): return .halfDay
    case UInt8(ascii: "X"): return .zone(count == 1 ? .hours : count == 2 ? .plain : .colon)
    case UInt8(ascii: "Z"): return .zone(.plain)
    default: return nil
    }
  }

  // MARK: Reading

  /// Reads a text that has nothing else in it; nil if it is written otherwise.
  package func read(_ text: [UInt8]) -> Reading? {
    var reading = Reading()
    var rest = text[...]
    for part in parts {
      guard Self.read(part, &rest, &reading) else { return nil }
    }
    guard rest.isEmpty else { return nil }
    if let isAfternoon = reading.isAfternoon {
      guard (1...12).contains(reading.hour) else { return nil }
      reading.hour = reading.hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard reading.hour < 24, reading.minute < 60, reading.second < 60 else { return nil }
    return reading
  }

  private static func read(
    _ part: Part, _ rest: inout ArraySlice<UInt8>, _ reading: inout Reading
  ) -> Bool {
    switch part {
    case .literal(let bytes):
      guard rest.starts(with: bytes) else { return false }
      rest = rest.dropFirst(bytes.count)
    case .number(let field, let digits):
      let found = rest.prefix(digits.upperBound).prefix { isDigit($0) }
      guard found.count >= digits.lowerBound else { return false }
      rest = rest.dropFirst(found.count)
      set(field, found.reduce(0) { $0 * 10 + Int($1 - 0x30) }, &reading)
    case .fraction:
      let found = rest.prefix { isDigit($0) }
      guard (1...9).contains(found.count) else { return false }
      rest = rest.dropFirst(found.count)
      var nanoseconds = found.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      for _ in found.count..<9 { nanoseconds *= 10 }
      reading.nanosecond = nanoseconds
    case .monthName:
      guard let month = name(&rest, among: months) else { return false }
      reading.month = month + 1
    case .weekdayName: return name(&rest, among: weekdays) != nil
    case .halfDay:
      guard let half = name(&rest, among: ["am", "pm"]) else { return false }
      reading.isAfternoon = half == 1
    case .zone:
      guard let offset = zone(&rest) else { return false }
      reading.offset = offset
    }
    return true
  }

  private static func set(_ field: Field, _ value: Int, _ reading: inout Reading) {
    switch field {
    case .year: reading.year = value
    // As POSIX has it: what is recorded was in the century before, or is in this one.
    case .yearOfCentury: reading.year = value + (value < 70 ? 2_000 : 1_900)
    case .month: reading.month = value
    case .day: reading.day = value
    case .hour, .hourOfHalfDay: reading.hour = value
    case .minute: reading.minute = value
    case .second: reading.second = value
    }
  }

  static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// A name in English, whole or by its first three letters, in any case.
  private static func name(_ rest: inout ArraySlice<UInt8>, among names: [String]) -> Int? {
    let letters = rest.prefix { (0x41...0x5A).contains($0 & 0xDF) }
    let word = String(decoding: letters, as: UTF8.self).lowercased()
    guard
      let index = names.firstIndex(where: { $0 == word || ($0.count > 3 && $0.prefix(3) == word) })
    else { return nil }
    rest = rest.dropFirst(letters.count)
    return index
  }

  private static func zone(_ rest: inout ArraySlice<UInt8>) -> Int? {
    guard let sign = rest.popFirst() else { return nil }
    if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return 0 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    func two() -> Int? {
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy(isDigit) else { return nil }
      rest = rest.dropFirst(2)
      return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    guard let hours = two(), hours < 24 else { return nil }
    if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst() }
    let minutes = rest.first.map(isDigit) ?? false ? two() : 0
    guard let minutes, minutes < 60 else { return nil }
    return (hours * 3_600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
