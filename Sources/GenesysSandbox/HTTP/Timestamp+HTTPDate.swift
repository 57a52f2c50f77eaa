import PatchbayCore

extension Timestamp {
  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The seconds since 1970 that are over; before it, the second that the time lies in.
  var wholeSeconds: Int64 {
    nanoseconds / 1_000_000_000 - (nanoseconds % 1_000_000_000 < 0 ? 1 : 0)
  }

  /// The time as HTTP's headers have it (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
  var httpDate: String {
    // As RFC 3339 has it, the fields have fixed places, from the year 0 to 9999.
    let text = Array(description.utf8)
    let day = wholeSeconds / 86_400 - (wholeSeconds % 86_400 < 0 ? 1 : 0)
    // The first of January 1970 was a Thursday.
    let weekday = Self.days[Int(((day + 3) % 7 + 7) % 7)]
    func field(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
    let month = Self.months[(Int(field(5..<7)) ?? 1) - 1]
    return "\(weekday), \(field(8..<10)) \(month) \(field(0..<4)) \(field(11..<19)) GMT"
  }
}
