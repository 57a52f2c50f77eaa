import PatchbayOptions
import Testing

struct RateTests {
  @Test(arguments: [
    ("300/min", 300, Rate.Period.minute, 5.0),
    ("10/s", 10, .second, 10),
    ("5/h", 5, .hour, 5.0 / 3600),
    ("86400/d", 86_400, .day, 1),
  ])
  func `a count and a period are kept as they are written`(
    text: String, count: Int, period: Rate.Period, perSecond: Double
  ) throws {
    let rate = try #require(Rate(optionText: text))
    #expect(rate.count == count)
    #expect(rate.period == period)
    #expect(rate.perSecond == perSecond)
    #expect(rate.optionText == text)
  }

  @Test(arguments: [
    "", "/s", "10", "10/", "10/m", "10/sec", "10 / s", "0/s", "-1/s", "+1/s", "1.5/s", "10/s ",
    "10//s", "99999999999999999999/s", "٣/s",
  ])
  func `a text that is no rate is refused`(text: String) {
    #expect(Rate(optionText: text) == nil)
  }

  @Test func `rates are compared by how often in the same time`() {
    #expect(Rate.perMinute(60) == .perSecond(1))
    #expect(Rate.perMinute(60).hashValue == Rate.perSecond(1).hashValue)
    #expect(Rate.perMinute(59) < .perSecond(1))
    #expect(Rate.perHour(.max) < .perSecond(.max))
    #expect(Rate.perSecond(-3).count == 1)
  }
}
