import EventMapping
import PatchbayCore
import PatchbayTesting
import Testing

/// Times are written as they are read.
struct TimeWriterTests {
  private func written(
    _ text: String, _ format: String, _ zone: String = "UTC"
  ) throws -> String {
    let time = try #require(Timestamp(text))
    let writer = TimeWriter(
      try #require(TimeFormat(optionText: format)), zone: try #require(ZoneName(optionText: zone)))
    var bytes: [UInt8] = []
    writer.append(time, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("iso", "UTC", "2026-03-09T08:05:04.25Z"),
    ("iso", "Europe/Berlin", "2026-03-09T09:05:04.25+01:00"),
    ("iso", "Asia/Kolkata", "2026-03-09T13:35:04.25+05:30"),
    ("epoch-s", "UTC", "1773043504.25"), ("epoch-ms", "UTC", "1773043504250"),
    ("epoch-us", "UTC", "1773043504250000"),
    ("M/d/yyyy h:mm:ss a", "America/New_York", "3/9/2026 4:05:04 AM"),
    ("EEE, dd MMM yyyy HH:mm:ss", "UTC", "Mon, 09 Mar 2026 08:05:04"),
    ("EEEE d MMMM yy 'at' H:mm", "UTC", "Monday 9 March 26 at 8:05"),
    ("yyyyMMdd HHmmss.SSS X", "Asia/Kolkata", "20260309 133504.250 +0530"),
    ("yyyy-MM-dd HH:mm:ssZ", "Europe/Berlin", "2026-03-09 09:05:04+0100"),
  ])
  func `a moment in each way`(format: String, zone: String, expected: String) throws {
    #expect(try written("2026-03-09T08:05:04.25Z", format, zone) == expected)
  }

  @Test func `noon, midnight and what was before 1970`() throws {
    #expect(try written("2026-01-01T00:30:00Z", "yyyy-MM-dd hh:mm a") == "2026-01-01 12:30 AM")
    #expect(try written("2026-01-01T12:30:00Z", "yyyy-MM-dd hh:mm a") == "2026-01-01 12:30 PM")
    #expect(try written("1969-12-31T23:59:59.5Z", "iso") == "1969-12-31T23:59:59.5Z")
    #expect(try written("1969-12-31T23:59:58.5Z", "epoch-s") == "-1.5")
    #expect(try written("1969-12-31T23:59:59.9995Z", "epoch-ms") == "-1")
    #expect(try written("1969-12-31T23:59:59Z", "EEE yyyy-MM-dd") == "Wed 1969-12-31")
  }

  @Test(arguments: [
    "iso", "epoch-s", "epoch-ms", "epoch-us", "M/d/yyyy h:mm:ss a", "d.M.yy H:mm:ss.SSSSSSSSS",
    "yyyy-MM-dd'T'HH:mm:ssXXX", "EEE, dd MMM yyyy HH:mm:ss Z",
  ])
  func `what was written is read again, in any zone`(format: String) throws {
    let timeFormat = try #require(TimeFormat(optionText: format))
    for name in ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"] {
      let zone = try #require(ZoneName(optionText: name))
      let writer = TimeWriter(timeFormat, zone: zone)
      var reader = TimeReader(timeFormat, zone: zone)
      var random = KeyedRandom(seed: 5, purpose: "test times")
      for _ in 0..<2_000 {
        // Whole seconds from 1971 to 2060, for all formats alike.
        let seconds = Int64.random(in: 31_536_000..<2_840_140_800, using: &random)
        let time = Timestamp(nanoseconds: seconds * 1_000_000_000)
        let before = reader.ambiguous
        var bytes: [UInt8] = []
        writer.append(time, to: &bytes)
        let read = reader.moment(bytes[...])
        // The second of two local times is read as the first.
        if reader.ambiguous == before {
          #expect(read == time, "\(String(decoding: bytes, as: UTF8.self)) in \(name)")
        }
      }
    }
  }
}
