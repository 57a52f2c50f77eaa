import PatchbayJSON
import Testing

struct NumberReadingTests {
  @Test(arguments: [
    ("0", 0), ("1", 1), ("-1", -1), ("10", 10), ("9223372036854775807", Int.max),
    ("-9223372036854775808", Int.min),
  ])
  func `whole numbers that fit are integers`(text: String, number: Int) throws {
    #expect(try JSONValue(parsing: text) == .integer(number))
  }

  @Test(
    arguments: [
      ("9223372036854775808", 9_223_372_036_854_775_808), ("1.0", 1), ("1e2", 100), ("1E+2", 100),
      ("-0.5", -0.5), ("0e10", 0), ("5e-324", .leastNonzeroMagnitude), ("2e-324", 0), ("1e-400", 0),
      ("1.7976931348623157e308", .greatestFiniteMagnitude),
      ("1.7976931348623158e308", .greatestFiniteMagnitude), ("0.1", 0.1),
      ("123456789012345680000", 123_456_789_012_345_683_968),
    ] as [(String, Double)])
  func `all others are floating-point numbers`(text: String, number: Double) throws {
    #expect(try JSONValue(parsing: text) == .number(number))
  }

  @Test(arguments: ["-0", "-0.0", "-0e5", "-1e-400"])
  func `minus zero keeps its sign`(text: String) throws {
    let number = try #require(try JSONValue(parsing: text).number)
    #expect(number == 0 && number.sign == .minus)
  }

  @Test func `many digits are read to the nearest number`() throws {
    let halfway = "9007199254740993" + ".0" + String(repeating: "0", count: 800)
    #expect(try JSONValue(parsing: halfway) == .number(9_007_199_254_740_992))
    #expect(try JSONValue(parsing: halfway + "1") == .number(9_007_199_254_740_994))
  }
}
