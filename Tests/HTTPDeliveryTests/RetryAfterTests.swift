import HTTPDelivery
import HTTPTransport
import PatchbayCore
import Testing

/// Both forms of `Retry-After`, and what is neither.
struct RetryAfterTests {
  private let now = Timestamp("2026-01-31T09:30:00Z") ?? Timestamp(nanoseconds: 0)

  private func wait(_ headers: HTTPHeaders) -> Duration? {
    RetryAfter.wait(in: headers, now: now)
  }

  @Test func `seconds are seconds`() {
    #expect(wait(["Retry-After": "30"]) == .seconds(30))
    #expect(wait(["retry-after": "0"]) == .zero)
  }

  @Test func `more seconds than a number holds are very many`() {
    #expect(wait(["Retry-After": "99999999999999999999"]) == .seconds(1_000_000_000))
  }

  @Test func `a date counts from now`() {
    #expect(wait(["Retry-After": "Sat, 31 Jan 2026 09:31:30 GMT"]) == .seconds(90))
  }

  @Test func `a date counts from the response's own date where it has one`() {
    #expect(
      wait([
        "Date": "Sun, 06 Nov 1994 08:49:00 GMT", "Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT",
      ]) == .seconds(37))
  }

  @Test func `a date in the past means at once`() {
    #expect(wait(["Retry-After": "Fri, 30 Jan 2026 09:30:00 GMT"]) == .zero)
  }

  @Test(arguments: [
    "", "soon", "-1", "1.5", "Sat, 31 Jan 2026 09:31:30 CET", "Sat, 31 Foo 2026 09:31:30 GMT",
    "Sat, 32 Jan 2026 09:31:30 GMT",
  ])
  func `anything else is no advice`(text: String) {
    #expect(wait(["Retry-After": text]) == nil)
  }

  @Test func `no header, no advice`() {
    #expect(wait([:]) == nil)
  }
}
