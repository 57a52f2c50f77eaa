package import PatchbayCore

/// Dates of HTTP, in the three forms that a recipient must understand (RFC 9110 §5.6.7).
///
/// The name of the weekday isn't compared with the date.
package enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Reads a date; nil if it has none of the forms, or the calendar doesn't have it.
  ///
  /// - Parameter now: tells the century of a year with two digits: the latest in which the date is
  ///   at most 50 years ahead.
  package static func parse(_ text: String, now: Timestamp) -> Timestamp? {
    let words = text.split(separator: " ")
    switch words.count {
    // Sun, 06 Nov 1994 08:49:37 GMT
    case 6 where words[0].hasSuffix(",") && words[5] == "GMT":
      guard let year = number(words[3], digits: 4), let day = number(words[1], digits: 2)
      else { return nil }
      return time(year, words[2], day, words[4])
    // Sunday, 06-Nov-94 08:49:37 GMT
    case 4 where words[0].hasSuffix(",") && words[3] == "GMT":
      let date = words[1].split(separator: "-", omittingEmptySubsequences: false)
      guard date.count == 3, let day = number(date[0], digits: 2),
        let year = number(date[2], digits: 2)
      else { return nil }
      let latest = now.advanced(by: .seconds(50 * 31_556_952))
      return centuries(around: now).lazy
        .compactMap { time($0 + year, date[1], day, words[2]) }
        .first { $0 <= latest }
    // Sun Nov  6 08:49:37 1994
    case 5:
      guard let year = number(words[4], digits: 4),
        let day = number(words[2], digits: words[2].utf8.count), day > 0
      else { return nil }
      return time(year, words[1], day, words[3])
    default: return nil
    }
  }

  /// The next, this and the last century's first year.
  private static func centuries(around now: Timestamp) -> [Int] {
    let days = now.nanoseconds / 86_400_000_000_000
    let this = CivilDate(daysSince1970: Int(days)).year / 100 * 100
    return [this + 100, this, this - 100]
  }

  private static func time(
    _ year: Int, _ monthName: Substring, _ day: Int, _ clock: Substring
  ) -> Timestamp? {
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard let month = months.firstIndex(of: String(monthName)),
      let date = CivilDate(year: year, month: month + 1, day: day),
      parts.count == 3, let hour = number(parts[0], digits: 2), hour < 24,
      let minute = number(parts[1], digits: 2), minute < 60,
      let second = number(parts[2], digits: 2), second <= 60
    else { return nil }
    let seconds = date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second
    return Timestamp(nanoseconds: 0).advanced(by: .seconds(seconds))
  }

  private static func number(_ text: Substring, digits: Int) -> Int? {
    text.utf8.count == digits && digits <= 4
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }
}
