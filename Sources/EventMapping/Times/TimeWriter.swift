import Foundation
package import PatchbayCore

/// Writes times as somebody reads them.
package struct TimeWriter: Sendable {
  private let format: TimeFormat
  private let pattern: TimePattern?
  private let zone: TimeZone
  private let isUniversal: Bool

  /// - Parameter zone: in which dates and times of day are told.
  package init(_ format: TimeFormat, zone name: ZoneName) {
    self.format = format
    zone = TimeZone(identifier: name.optionText) ?? .gmt
    isUniversal = name.isUniversal
    switch format {
    case .pattern(let text): pattern = TimePattern(text)
    case .iso, .epochSeconds, .epochMilliseconds, .epochMicroseconds: pattern = nil
    }
  }

  /// Whether times are numbers.
  package var writesNumbers: Bool {
    switch format {
    case .epochSeconds, .epochMilliseconds, .epochMicroseconds: true
    case .iso, .pattern: false
    }
  }

  /// Appends a time; what is shorter than the format tells is left out: milliseconds and microseconds are whole
  /// numbers, seconds and ISO 8601 have decimals where there are some.
  package func append(_ time: Timestamp, to bytes: inout [UInt8]) {
    switch format {
    case .epochSeconds: Self.appendSeconds(time, to: &bytes)
    case .epochMilliseconds: bytes += String(Self.parts(of: time, 1_000_000).0).utf8
    case .epochMicroseconds: bytes += String(Self.parts(of: time, 1_000).0).utf8
    case .pattern: pattern?.write(moment(time), to: &bytes)
    case .iso: appendISO(moment(time), to: &bytes)
    }
  }

  private func appendISO(_ moment: TimePattern.Moment, to bytes: inout [UInt8]) {
    Self.isoTime?.write(moment, to: &bytes)
    Self.appendDecimals(moment.nanosecond, to: &bytes)
    Self.isoZone?.write(moment, to: &bytes)
  }

  private static let isoTime = TimePattern("yyyy-MM-dd'T'HH:mm:ss")
  private static let isoZone = TimePattern("XXX")

  private func moment(_ time: Timestamp) -> TimePattern.Moment {
    let (seconds, nanosecond) = Self.parts(of: time, 1_000_000_000)
    let offset =
      isUniversal
      ? 0 : zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
    let local = Int(seconds) + offset
    let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
    let date = CivilDate(daysSince1970: day)
    return TimePattern.Moment(
      year: date.year, month: date.month, day: date.day,
      // 1970-01-01 was a Thursday.
      weekday: ((day + 3) % 7 + 7) % 7, second: local - day * 86_400, nanosecond: Int(nanosecond),
      offset: offset)
  }

  /// Whole units, also before 1970, and nanoseconds on top.
  private static func parts(of time: Timestamp, _ unit: Int64) -> (Int64, Int64) {
    let (whole, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: unit)
    return rest < 0 ? (whole - 1, rest + unit) : (whole, rest)
  }

  private static func appendSeconds(_ time: Timestamp, to bytes: inout [UInt8]) {
    if time.nanoseconds < 0 { bytes.append(UInt8(ascii: "-")) }
    let (whole, rest) = time.nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    bytes += String(whole).utf8
    appendDecimals(Int(rest), to: &bytes)
  }

  /// Appends decimals, without the zeros at their end; nothing if there are only those.
  private static func appendDecimals(_ nanoseconds: Int, to bytes: inout [UInt8]) {
    if nanoseconds == 0 { return }
    bytes.append(UInt8(ascii: "."))
    let text = String(nanoseconds).utf8
    bytes += repeatElement(UInt8(ascii: "0"), count: 9 - text.count)
    bytes += text
    while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
  }
}
