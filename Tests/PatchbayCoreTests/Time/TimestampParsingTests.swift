import PatchbayCore
import Testing

struct TimestampParsingTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000000001Z", 1),
      ("1969-12-31T23:59:59.999999999Z", -1), ("1970-01-01T00:00:00+00:00", 0),
      ("1970-01-01T00:00:00-00:00", 0), ("1970-01-01t00:00:01z", 1_000_000_000),
      ("1970-01-01T01:00:00+01:00", 0), ("1969-12-31T14:30:00-09:30", 0),
      ("1970-01-01T23:59:00+23:59", 0), ("1970-01-01T00:00:00.5Z", 500_000_000),
      ("1970-01-01T00:00:00.1234567Z", 123_456_700),
      ("2026-01-31T09:30:00.123456789Z", 1_769_851_800_123_456_789),
      ("2026-01-31T10:30:00.123456789+01:00", 1_769_851_800_123_456_789),
      ("2000-02-29T00:00:00Z", 951_782_400_000_000_000),
      ("2024-02-29T23:59:59Z", 1_709_251_199_000_000_000),
      ("2023-12-31T23:59:59-00:01", 1_704_067_259_000_000_000),
      ("1900-02-28T00:00:00Z", -2_203_977_600_000_000_000),
      ("1677-09-21T00:12:44Z", -9_223_372_036_000_000_000),
      ("2262-04-11T23:47:16.854775807Z", .max), ("2262-04-12T00:47:16.854775807+01:00", .max),
    ] as [(String, Int64)])
  func `a date-time with an offset is read`(text: String, nanoseconds: Int64) {
    #expect(Timestamp(text) == Timestamp(nanoseconds: nanoseconds))
    #expect(Timestamp(rfc3339: text.utf8) == Timestamp(nanoseconds: nanoseconds))
  }

  @Test func `the first instants of the range are read`() {
    #expect(Timestamp("1677-09-21T00:12:43.145224192Z") == Timestamp(nanoseconds: .min))
    #expect(
      Timestamp("1677-09-21T00:12:43.999999999Z")
        == Timestamp(nanoseconds: -9_223_372_036_000_000_001))
  }

  @Test(arguments: [
    "", "Z", "2026-01-31", "2026-01-31T09:30:00", "2026-01-31 09:30:00Z", "2026-01-31T09:30Z",
    "20260131T093000Z", "2026-1-31T09:30:00Z", "26-01-31T09:30:00Z", "+2026-01-31T09:30:00Z",
    "-2026-01-31T09:30:00Z", "2026-01-31T9:30:00Z", "2026-01-31T09:30:00UTC",
    "2026-01-31T09:30:00 Z", " 2026-01-31T09:30:00Z", "2026-01-31T09:30:00Z ",
    "2026-01-31T09:30:00ZZ", "2026-01-31T09:30:00Z\n", "2026-01-31T09:30:00.Z",
    "2026-01-31T09:30:00,5Z", "2026-01-31T09:30:00.-5Z", "2026-01-31T09:30:00.1234567890Z",
    "2026-01-31T09:30:00.00000000000000000000Z", "2026-01-31T09:30:60Z", "2016-12-31T23:59:60Z",
    "2026-01-31T09:60:00Z", "2026-01-31T24:00:00Z", "2026-01-31T25:00:00Z",
    "2026-00-31T09:30:00Z", "2026-13-31T09:30:00Z", "2026-01-00T09:30:00Z",
    "2026-01-32T09:30:00Z", "2026-04-31T09:30:00Z", "2026-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2024-02-30T00:00:00Z",
    "2026-01-31T09:30:00+01", "2026-01-31T09:30:00+0100", "2026-01-31T09:30:00+1:00",
    "2026-01-31T09:30:00+24:00", "2026-01-31T09:30:00+01:60", "2026-01-31T09:30:00+01:00Z",
    "2026-01-31T09:30:00±01:00", "２026-01-31T09:30:00Z", "2026-01-31T09:30:00.٣Z",
    "2026‐01‐31T09:30:00Z", "1677-09-21T00:12:43.145224191Z", "2262-04-11T23:47:16.854775808Z",
    "1676-12-31T23:59:59Z", "2263-01-01T00:00:00Z", "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z", "2262-04-11T23:47:16.854775807-00:01",
  ])
  func `anything else is refused`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func `any instant reads back as itself`() {
    var random = KeyedRandom(seed: 1, purpose: "instants")
    var failures: [String] = []
    for _ in 0..<20_000 {
      let instant = Timestamp(nanoseconds: Int64(bitPattern: random.next()))
      if Timestamp(instant.description) != instant { failures.append(instant.description) }
    }
    #expect(failures.prefix(5) == [])
  }

  @Test func `an instant is one in every zone`() {
    var random = KeyedRandom(seed: 2, purpose: "zones")
    var failures: [String] = []
    for _ in 0..<2_000 {
      // Within 200 years of 1970, so that the shifted time is in range too.
      let instant = Timestamp(nanoseconds: Int64(bitPattern: random.next()) / 2)
      let minutes = Int64(random.next() % 1_440)
      let hours = minutes / 60
      for (sign, direction) in [("+", 1), ("-", -1)] as [(String, Int64)] {
        let local = instant.advanced(byNanoseconds: direction * minutes * 60_000_000_000)
        let zone = "\(hours < 10 ? "0" : "")\(hours):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
        let text = local.description.dropLast() + sign + zone
        if Timestamp(String(text)) != instant { failures.append(String(text)) }
      }
    }
    #expect(failures.prefix(5) == [])
  }
}
