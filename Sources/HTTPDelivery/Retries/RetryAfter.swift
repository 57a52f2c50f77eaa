public import HTTPTransport
public import PatchbayCore

/// The `Retry-After` field of a response (RFC 9110 §10.2.3): seconds, or a date.
public enum RetryAfter {
  /// How long the server asks to wait; nil if it doesn't say, or in neither form.
  ///
  /// A date counts from the response's own `Date` where it has one, so that the two clocks needn't
  /// agree; else from `now`. It may be any length: how much of it is waited for is the business of
  /// ``RetryPolicy/longestWait``.
  public static func wait(in headers: HTTPHeaders, now: Timestamp) -> Duration? {
    guard let text = headers.first("Retry-After"), !text.isEmpty else { return nil }
    if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return .seconds(min(Int(text) ?? .max, 1_000_000_000))
    }
    guard let date = HTTPDate.parse(text, now: now) else { return nil }
    let reference = headers.first("Date").flatMap { HTTPDate.parse($0, now: now) } ?? now
    return max(.zero, date.since(reference))
  }
}
