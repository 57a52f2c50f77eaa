package import HTTPTransport
package import PatchbayCore

/// The `Retry-After` field of a response (RFC 9110 §10.2.3): seconds, or a date.
package enum RetryAfter {
  /// How long the server asks to wait; nil if it doesn't say, or not in either form.
  ///
  /// A date counts from the response's own `Date` where it has one, so that the two clocks needn't
  /// agree; else from `now`.
  package static func wait(in headers: HTTPHeaders, now: Timestamp) -> Duration? {
    guard let text = headers.first("Retry-After") else { return nil }
    if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int(text) {
      return .seconds(min(seconds, 1_000_000_000))
    }
    guard let date = HTTPDate.parse(text) else { return nil }
    let reference = headers.first("Date").flatMap(HTTPDate.parse) ?? now
    return max(.zero, date.since(reference))
  }
}

/// Dates of HTTP (RFC 9110 §5.6.7) in the form that servers must send: `Sun, 06 Nov 1994 08:49:37
/// GMT`.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func parse(_ text: String) -> Timestamp? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0].count == 4, parts[0].last == ",", parts[5] == "GMT",
      let day = number(parts[1], digits: 2),
      let month = months.firstIndex(of: String(parts[2])),
      let year = number(parts[3], digits: 4),
      let date = CivilDate(year: year, month: month + 1, day: day)
    else { return nil }
    let time = parts[4].split(separator: ":", omittingEmptySubsequences: false)
    guard time.count == 3, let hour = number(time[0], digits: 2), hour < 24,
      let minute = number(time[1], digits: 2), minute < 60,
      let second = number(time[2], digits: 2), second <= 60
    else { return nil }
    let seconds = date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second
    return Timestamp(nanoseconds: 0).advanced(by: .seconds(seconds))
  }

  private static func number(_ text: Substring, digits: Int) -> Int? {
    text.utf8.count == digits && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      ? Int(text) : nil
  }
}
