import PatchbayCore
import Testing

struct TimestampTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000000000Z", "19700101_000000"),
      (-1, "1969-12-31T23:59:59.999999999Z", "19691231_235959"),
      (1_769_851_800_123_456_789, "2026-01-31T09:30:00.123456789Z", "20260131_093000"),
      (951_868_799_000_000_000, "2000-02-29T23:59:59.000000000Z", "20000229_235959"),
      (.max, "2262-04-11T23:47:16.854775807Z", "22620411_234716"),
      (.min, "1677-09-21T00:12:43.145224192Z", "16770921_001243"),
    ] as [(Int64, String, String)])
  func `a time is written in UTC with nine decimals`(
    nanoseconds: Int64, text: String, stamp: String
  ) {
    let time = Timestamp(nanoseconds: nanoseconds)
    #expect(time.description == text)
    #expect(time.fileNameStamp == stamp)
    var bytes = Array("at ".utf8)
    time.appendRFC3339(to: &bytes)
    #expect(bytes == Array("at \(text)".utf8))
  }

  @Test(
    arguments: [
      (5, 7, 12), (5, -7, -2), (.max, 1, .max), (.max - 1, 1, .max), (.min, -1, .min),
      (.min + 1, -1, .min), (.max, .min, -1), (1, .max, .max), (-2, .min, .min), (0, .min, .min),
    ] as [(Int64, Int64, Int64)])
  func `advancing stops at the ends of the range`(start: Int64, delta: Int64, end: Int64) {
    let time = Timestamp(nanoseconds: start)
    #expect(time.advanced(byNanoseconds: delta) == Timestamp(nanoseconds: end))
    #expect(time.advanced(by: .nanoseconds(delta)) == Timestamp(nanoseconds: end))
  }

  @Test func `advancing by centuries stops at the ends of the range`() {
    let time = Timestamp(nanoseconds: 0)
    #expect(time.advanced(by: .seconds(Int64.max)) == Timestamp(nanoseconds: .max))
    #expect(time.advanced(by: .seconds(Int64.min)) == Timestamp(nanoseconds: .min))
  }

  @Test(
    arguments: [
      (5, 7, -2), (7, 5, 2), (.max, .min, .max), (.min, .max, .min), (.max, -1, .max),
      (.min, 1, .min), (-1, .min, .max), (0, .min, .max), (.min, 0, .min),
    ] as [(Int64, Int64, Int64)])
  func `a difference stops at the ends of the range`(one: Int64, other: Int64, difference: Int64) {
    let (one, other) = (Timestamp(nanoseconds: one), Timestamp(nanoseconds: other))
    #expect(one.nanosecondsSince(other) == difference)
    #expect(one.since(other) == .nanoseconds(difference))
  }

  @Test func `times are ordered from earlier to later`() {
    let times = [3, .min, 0, .max, -3].map { Timestamp(nanoseconds: $0) }
    #expect(times.sorted().map(\.nanoseconds) == [.min, -3, 0, 3, .max])
  }

  @Test(
    arguments: [
      (Duration.zero, 0), (.seconds(1), 1_000_000_000), (.milliseconds(-1_500), -1_500_000_000),
      (Duration(secondsComponent: 0, attosecondsComponent: 1_999_999_999), 1),
      (Duration(secondsComponent: 0, attosecondsComponent: -1_999_999_999), -1),
      (Duration(secondsComponent: -1, attosecondsComponent: -1), -1_000_000_000),
      (.nanoseconds(Int64.max), .max), (.nanoseconds(Int64.min), .min),
      (.nanoseconds(Int64.max) + .nanoseconds(1), .max),
      (.nanoseconds(Int64.min) - .nanoseconds(1), .min), (.seconds(Int64.max), .max),
      (.seconds(Int64.min), .min),
    ] as [(Duration, Int64)])
  func `a duration has whole nanoseconds, rounded towards zero`(
    duration: Duration, nanoseconds: Int64
  ) {
    #expect(duration.wholeNanoseconds == nanoseconds)
  }
}
