import HTTPDelivery
import HTTPTransport
import PatchbayCore
import Testing

/// The three forms of dates (RFC 9110 §5.6.7), as `Retry-After` and `Date` have them.
struct HTTPDateTests {
  private func wait(_ date: String, from reference: String? = nil, now: String) -> Duration? {
    var headers: HTTPHeaders = ["Retry-After": date]
    if let reference { headers.append("Date", reference) }
    return RetryAfter.wait(in: headers, now: Timestamp(now) ?? Timestamp(nanoseconds: 0))
  }

  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
  ])
  func `all forms are read, as a date to wait for and as a date to count from`(text: String) {
    #expect(wait(text, now: "1994-11-06T08:49:00Z") == .seconds(37))
    #expect(
      wait("Sun, 06 Nov 1994 09:49:37 GMT", from: text, now: "2026-01-01T00:00:00Z")
        == .seconds(3_600))
  }

  @Test func `asctime has days of two digits too`() {
    #expect(wait("Wed Nov 16 08:49:37 1994", now: "1994-11-16T08:49:00Z") == .seconds(37))
  }

  @Test(arguments: [
    ("Saturday, 31-Jan-26 09:31:00 GMT", "2026-01-31T09:30:00Z", 60),
    // 49 years ahead, and 51: that is the last century's.
    ("Thursday, 31-Jan-75 09:30:00 GMT", "2026-01-31T09:30:00Z", 1_546_300_800),
    ("Sunday, 31-Jan-77 09:30:00 GMT", "2026-01-31T09:30:00Z", 0),
    // The next century's first year is near in the last one of this.
    ("Friday, 01-Jan-00 00:00:00 GMT", "2099-12-31T23:59:00Z", 60),
    ("Sunday, 06-Nov-94 08:49:37 GMT", "2026-01-31T09:30:00Z", 0),
  ])
  func `a year of two digits is at most fifty years ahead`(
    text: String, now: String, seconds: Int
  ) {
    #expect(wait(text, now: now) == .seconds(seconds))
  }

  @Test(arguments: [
    "Sunday, 06-Nov-1994 08:49:37 GMT", "Sunday, 6-Nov-94 08:49:37 GMT", "06-Nov-94 08:49:37 GMT",
    "Sunday, 31-Feb-94 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 CET", "Sun Nov 06 08:49:37",
    "Sun Nov  0 08:49:37 1994", "Sun Nov  6 24:00:00 1994", "Sun Nov  6 08:49:37 94",
    "Sun Nov -6 08:49:37 1994", "Sun Nov 99999999999999999999 08:49:37 1994",
  ])
  func `what only looks like one isn't read`(text: String) {
    #expect(wait(text, now: "1994-11-06T08:49:00Z") == nil)
  }
}
