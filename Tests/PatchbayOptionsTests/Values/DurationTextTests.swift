import PatchbayOptions
import Testing

struct DurationTextTests {
  @Test(arguments: [
    ("30s", Duration.seconds(30), "30s"),
    ("100ms", .milliseconds(100), "100ms"),
    ("1m30s", .seconds(90), "1m30s"),
    ("90s", .seconds(90), "1m30s"),
    ("1.5s", .milliseconds(1500), "1s500ms"),
    ("2h", .seconds(7200), "2h"),
    ("1d", .seconds(86_400), "1d"),
    ("24h", .seconds(86_400), "1d"),
    ("1d2h3m4s5ms6us7ns", .seconds(93_784) + .nanoseconds(5_006_007), "1d2h3m4s5ms6us7ns"),
    ("0s", .zero, "0s"),
    ("0.0ms", .zero, "0s"),
    ("007us", .microseconds(7), "7us"),
    ("0.5ns", Duration(attoseconds: 500_000_000), "0.5ns"),
    ("0.000000001ns", Duration(attoseconds: 1), "0.000000001ns"),
    ("9223372036854775807s", .seconds(Int64.max), "106751991167300d15h30m7s"),
  ])
  func `numbers with units are read exactly and written in the normal form`(
    text: String, expected: Duration, normal: String
  ) {
    #expect(Duration(optionText: text) == expected)
    #expect(expected.optionText == normal)
    #expect(Duration(optionText: normal) == expected)
  }

  @Test(arguments: [
    "", "s", "30", "30 s", " 30s", "30s ", "-1s", "+1s", "1e3s", ".5s", "1.s", "1..5s", "30S",
    "30sec",
    "1min", "1w", "30s1m", "1s1s", "1m30", "1,5s", "٣s", "1\u{B5}s", "0.0000000001ns",
    "9223372036854775808s", "106751991167301d", "99999999999999999999999999999999999999999999s",
    "0.00000000000000000000000000000000000000001s", "1s\u{0}", "s1",
  ])
  func `a text that is no duration is refused`(text: String) {
    #expect(Duration(optionText: text) == nil)
  }

  @Test func `any duration can be written, also one that can't be read`() {
    #expect(Duration.seconds(-90).optionText == "-1m30s")
    #expect(Duration(attoseconds: .min).optionText.hasPrefix("-"))
    #expect(Duration(attoseconds: .max).optionText.hasSuffix("ns"))
  }
}
