import Foundation
package import PatchbayCore

/// Reads times as somebody writes them.
package struct TimeReader: Sendable {
  private let format: TimeFormat
  private let patterns: [TimePattern]
  private let zone: TimeZone
  /// Whether every local time is the same as in UTC.
  private let isUniversal: Bool
  /// The date that was read last, which the next is likely to have.
  private var lastDate: [UInt8] = []
  private var lastDay = 0
  /// How many times there are twice, an hour apart, because clocks were put back: the first is taken.
  package private(set) var ambiguous = 0
  /// How many there aren't, because clocks were put forward: as if they hadn't been.
  package private(set) var skipped = 0

  /// How many didn't say their offset.
  package private(set) var withoutZone = 0

  /// The years in which there may be calls: so far apart that every difference fits.
  private static let years = 1_950...2_200

  /// In which ways a date and a time of day may be written by ISO 8601, and a little beside it.
  private static let isoPatterns: [TimePattern] = ["", "X"].flatMap { zone in
    [":ss", ":ss.S", ""].flatMap { second in
      ["yyyy-MM-dd'T'H:mm", "yyyy-MM-dd H:mm"].compactMap { TimePattern($0 + second + zone) }
    }
  }

  package init(_ format: TimeFormat, zone name: ZoneName) {
    self.format = format
    zone = TimeZone(identifier: name.optionText) ?? .gmt
    isUniversal = name.isUniversal
    switch format {
    case .iso: patterns = Self.isoPatterns
    case .pattern(let pattern): patterns = [TimePattern(pattern)].compactMap(\.self)
    case .epochSeconds, .epochMilliseconds, .epochMicroseconds: patterns = []
    }
  }

  /// The moment that a text says; nil if it is written otherwise, or there is no such date.
  ///
  /// - Parameter days: how many days later than it says.
  package mutating func moment(_ text: ArraySlice<UInt8>, daysLater days: Int = 0) -> Timestamp? {
    switch format {
    case .epochSeconds: return Self.epoch(text, unit: 1_000_000_000)
    case .epochMilliseconds: return Self.epoch(text, unit: 1_000_000)
    case .epochMicroseconds: return Self.epoch(text, unit: 1_000)
    case .iso:
      if let usual = usualMoment(text, days) { return usual }
      return patternMoment(Array(text), days)
    case .pattern: return patternMoment(Array(text), days)
    }
  }

  private mutating func patternMoment(_ text: [UInt8], _ days: Int) -> Timestamp? {
    for pattern in patterns {
      if let reading = pattern.read(text) { return moment(reading, days) }
    }
    return nil
  }

  /// `2026-01-05 9:00:00`, with a blank or `T`, of a zone without changes; nil for all else, which may be a time
  /// all the same.
  private mutating func usualMoment(_ text: ArraySlice<UInt8>, _ days: Int) -> Timestamp? {
    guard isUniversal, text.count == 18 || text.count == 19 else { return nil }
    let start = text.startIndex
    func two(_ place: Int) -> Int? {
      let (high, low) = (text[place] &- 0x30, text[place + 1] &- 0x30)
      return high < 10 && low < 10 ? Int(high) * 10 + Int(low) : nil
    }
    guard text[start + 10] == 0x20 || text[start + 10] == UInt8(ascii: "T") else { return nil }
    let day: Int
    if text[start..<start + 10].elementsEqual(lastDate) {
      day = lastDay
    } else {
      guard let century = two(start), let year = two(start + 2), text[start + 4] == 0x2D,
        let month = two(start + 5), text[start + 7] == 0x2D, let dayOfMonth = two(start + 8),
        let date = CivilDate(year: century * 100 + year, month: month, day: dayOfMonth),
        Self.years.contains(date.year)
      else { return nil }
      day = date.daysSince1970
      lastDate = Array(text[start..<start + 10])
      lastDay = day
    }
    let hasOneDigit = text.count == 18
    let colon = start + (hasOneDigit ? 12 : 13)
    let digit = text[start + 11] &- 0x30
    let hour = hasOneDigit ? (digit < 10 ? Int(digit) : nil) : two(start + 11)
    guard let hour, text[colon] == 0x3A, let minute = two(colon + 1), text[colon + 3] == 0x3A,
      let second = two(colon + 4), hour < 24, minute < 60, second < 60
    else { return nil }
    withoutZone += 1
    let seconds = (day + days) * 86_400 + hour * 3_600 + minute * 60 + second
    return Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000)
  }

  private mutating func moment(_ reading: TimePattern.Reading, _ days: Int) -> Timestamp? {
    guard
      let date = CivilDate(year: reading.year, month: reading.month, day: reading.day),
      Self.years.contains(reading.year)
    else { return nil }
    let local =
      (date.daysSince1970 + days) * 86_400 + reading.hour * 3_600 + reading.minute * 60
      + reading.second
    if reading.offset == nil { withoutZone += 1 }
    let seconds = local - (reading.offset ?? offset(of: local))
    return Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000 + Int64(reading.nanosecond))
  }

  /// How far a local time, in seconds as if it were UTC, is ahead of UTC.
  private mutating func offset(of local: Int) -> Int {
    if isUniversal { return 0 }
    func offset(at seconds: Int) -> Int {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
    }
    // Zones change at most once within a day either way.
    let before = offset(at: local - 86_400)
    let after = offset(at: local + 86_400)
    if before == after { return before }
    let candidates = [before, after].filter { offset(at: local - $0) == $0 }
    if candidates.count == 2 { ambiguous += 1 }
    if candidates.isEmpty { skipped += 1 }
    return candidates.first ?? before
  }

  private static func epoch(_ text: ArraySlice<UInt8>, unit: Int64) -> Timestamp? {
    let isBefore = text.first == UInt8(ascii: "-")
    let parts = (isBefore ? text.dropFirst() : text)
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2, (1...16).contains(whole.count),
      whole.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int64(String(decoding: whole, as: UTF8.self))
    else { return nil }
    let (nanoseconds, overflow) = number.multipliedReportingOverflow(by: unit)
    if overflow { return nil }
    var fraction: Int64 = 0
    if parts.count == 2 {
      guard !parts[1].isEmpty, parts[1].allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
      }
      var scale = unit
      for digit in parts[1] {
        scale /= 10
        fraction += Int64(digit - 0x30) * scale
      }
    }
    let (sum, isTooFar) = nanoseconds.addingReportingOverflow(fraction)
    let limit = CivilDate(year: years.upperBound, month: 1, day: 1)?.daysSince1970 ?? 0
    if isTooFar || sum > Int64(limit) * 86_400_000_000_000 { return nil }
    return Timestamp(nanoseconds: isBefore ? -sum : sum)
  }
}
