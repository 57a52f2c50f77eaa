import HTTPTransport
import Testing

struct DurationTextTests {
  @Test func `durations are rounded up for libcurl and shown short to people`() {
    #expect(Duration.microseconds(1).wholeMilliseconds == 1)
    #expect(Duration.zero.wholeMilliseconds == 1)
    #expect(Duration.microseconds(1500).wholeMilliseconds == 2)
    #expect(Duration.seconds(Int64.max).wholeMilliseconds == 31 * 24 * 3600 * 1000)
    #expect(Duration.milliseconds(1250).inSeconds == "1.25 s")
    #expect(Duration.milliseconds(7).inSeconds == "0.007 s")
    #expect(Duration.seconds(30).inSeconds == "30 s")
  }
}
