import PatchbayCore
import Testing

struct UUIDBitsTests {
  @Test(
    arguments: [
      ("00000000-0000-0000-0000-000000000000", 0, 0),
      ("ffffffff-ffff-ffff-ffff-ffffffffffff", .max, .max),
      ("01234567-89ab-cdef-0123-456789abcdef", 0x0123_4567_89AB_CDEF, 0x0123_4567_89AB_CDEF),
      ("7c9e6679-7425-40de-944b-e07fc1f90ae7", 0x7C9E_6679_7425_40DE, 0x944B_E07F_C1F9_0AE7),
    ] as [(String, UInt64, UInt64)])
  func `the strict form is read and written`(text: String, high: UInt64, low: UInt64) {
    let bits = UUIDBits(high: high, low: low)
    #expect(UUIDBits(lowercase: text.utf8) == bits)
    #expect(bits.description == text)
    var bytes: [UInt8] = [0x3C]
    bits.append(to: &bytes)
    #expect(bytes == Array("<\(text)".utf8))
  }

  @Test(arguments: [
    "", "7c9e6679-7425-40de-944b-e07fc1f90ae", "7c9e6679-7425-40de-944b-e07fc1f90ae77",
    "7C9E6679-7425-40DE-944B-E07FC1F90AE7", "7c9e6679-7425-40de-944b-e07fc1f90aE7",
    "7c9e6679742540de944be07fc1f90ae7", "7c9e66797-425-40de-944b-e07fc1f90ae7",
    "7c9e6679-7425-40de-944be-07fc1f90ae7", "{7c9e6679-7425-40de-944b-e07fc1f90ae7}",
    "{7c9e6679-7425-40de-944b-e07fc1f90a}", "7c9e6679_7425_40de_944b_e07fc1f90ae7",
    "7c9e6679-7425-40de-944b-e07fc1f90aeg", " 7c9e6679-7425-40de-944b-e07fc1f90ae",
    "7c9e6679-7425-40de-944b-e07fc1f90ae\n", "7c9e6679-7425-40de-944b-e07fc1f90aé",
    "7c9e6679-7425-40de-944b--07fc1f90ae7", "------------------------------------",
    "7c9e6679-7425-40de-944b-e07fc1f90ae/", "7c9e6679-7425-40de-944b-e07fc1f90ae:",
    "7c9e6679-7425-40de-944b-e07fc1f90ae`",
  ])
  func `anything else is no UUID`(text: String) {
    #expect(UUIDBits(lowercase: text.utf8) == nil)
  }

  @Test func `any bits read back as themselves`() {
    var random = KeyedRandom(seed: 1, purpose: "uuids")
    var failures: [UUIDBits] = []
    for _ in 0..<10_000 {
      let bits = UUIDBits(high: random.next(), low: random.next())
      if UUIDBits(lowercase: bits.description.utf8) != bits { failures.append(bits) }
    }
    #expect(failures.prefix(5) == [])
  }

  @Test func `version 4 is random but for six bits`() {
    var random = KeyedRandom(seed: 2, purpose: "uuids")
    var ones = UUIDBits(high: 0, low: 0)
    var zeros = ones
    for _ in 0..<200 {
      let uuid = UUIDBits.version4(using: &random)
      ones = UUIDBits(high: ones.high | uuid.high, low: ones.low | uuid.low)
      zeros = UUIDBits(high: zeros.high | ~uuid.high, low: zeros.low | ~uuid.low)
    }
    #expect(ones.description == "ffffffff-ffff-4fff-bfff-ffffffffffff")
    #expect(zeros.description == "ffffffff-ffff-bfff-7fff-ffffffffffff")
  }

  @Test func `version 7 starts with the milliseconds`() {
    var random = KeyedRandom(seed: 3, purpose: "uuids")
    // RFC 9562, appendix A.6: 2022-02-22T14:22:22-05:00.
    let time = Timestamp(nanoseconds: 1_645_557_742_000_999_999)
    var ones = UUIDBits(high: 0, low: 0)
    for _ in 0..<200 {
      let uuid = UUIDBits.version7(at: time, using: &random)
      #expect(uuid.description.hasPrefix("017f22e2-79b0-7"))
      ones = UUIDBits(high: ones.high | uuid.high, low: ones.low | uuid.low)
    }
    #expect(ones.description == "017f22e2-79b0-7fff-bfff-ffffffffffff")
  }

  @Test func `version 7 before 1970 starts with zero`() {
    var random = KeyedRandom(seed: 4, purpose: "uuids")
    let uuid = UUIDBits.version7(at: Timestamp(nanoseconds: .min), using: &random)
    #expect(uuid.description.hasPrefix("00000000-0000-7"))
  }

  @Test func `version 8 keeps the caller's other bits`() {
    #expect(
      UUIDBits.version8(high: 0, low: 0).description == "00000000-0000-8000-8000-000000000000")
    #expect(
      UUIDBits.version8(high: .max, low: .max).description
        == "ffffffff-ffff-8fff-bfff-ffffffffffff")
    #expect(
      UUIDBits.version8(high: 0x0123_4567_89AB_CDEF, low: 0x0123_4567_89AB_CDEF).description
        == "01234567-89ab-8def-8123-456789abcdef")
  }
}
