import PatchbayJSON
import Testing

struct NumberTextTests {
  // RFC 8785, appendix B.
  @Test(
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"),
      (0x0000_0000_0000_0001, "5e-324"), (0x8000_0000_0000_0001, "-5e-324"),
      (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
      (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"),
      (0x4340_0000_0000_0000, "9007199254740992"), (0xC340_0000_0000_0000, "-9007199254740992"),
      (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
      (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"),
      (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
      (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
      (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
      (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5554, "333333333.33333325"),
      (0x41B3_DE43_5555_5555, "333333333.3333333"), (0x41B3_DE43_5555_5556, "333333333.3333334"),
      (0x41B3_DE43_5555_5557, "333333333.33333343"),
      (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
      (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func `the RFC's samples are written as the RFC says`(bits: UInt64, text: String) {
    #expect(JSONValue.number(Double(bitPattern: bits)).text() == text)
  }

  @Test(
    arguments: [
      (1e21, "1e+21"), (-1e21, "-1e+21"), (1e20, "100000000000000000000"), (1e-6, "0.000001"),
      (1e-7, "1e-7"), (1.5e-7, "1.5e-7"), (123e-8, "0.00000123"),
      (.leastNonzeroMagnitude, "5e-324"), (2.2250738585072014e-308, "2.2250738585072014e-308"),
      (1.7976931348623157e308, "1.7976931348623157e+308"), (-0.0, "0"), (0, "0"),
      (123_456_789_012_345_683_968, "123456789012345680000"),
      (1_234_567_890_123_456_774_144, "1.2345678901234568e+21"), (0.1, "0.1"), (100, "100"),
      (0.1 + 0.2, "0.30000000000000004"), (1.0 / 3, "0.3333333333333333"), (-1.5, "-1.5"),
      (4.5, "4.5"), (10.5, "10.5"), (2_251_799_813_685_248.5, "2251799813685248.5"),
    ] as [(Double, String)])
  func `a number is written as ECMAScript writes it`(number: Double, text: String) {
    #expect(JSONValue.number(number).text() == text)
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan])
  func `what is not finite becomes null`(number: Double) {
    #expect(JSONValue.array([.number(number)]).text() == "[null]")
  }

  @Test(arguments: [(Int.min, "-9223372036854775808"), (.max, "9223372036854775807"), (0, "0")])
  func `whole numbers are written exactly`(number: Int, text: String) {
    #expect(JSONValue.integer(number).text() == text)
  }

  @Test func `any finite number reads back as itself`() throws {
    var random = RandomJSON(seed: 2)
    var failures: [Double] = []
    for _ in 0..<20_000 {
      let number = random.double()
      let read = try JSONValue(parsing: JSONValue.number(number).text()).number
      if read != number { failures.append(number) }
    }
    #expect(failures.prefix(5) == [])
  }
}
