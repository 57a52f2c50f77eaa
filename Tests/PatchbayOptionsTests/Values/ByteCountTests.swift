import PatchbayOptions
import Testing

struct ByteCountTests {
  @Test(arguments: [
    ("0B", 0, "0B"),
    ("512B", 512, "512B"),
    ("64KiB", 65_536, "64KiB"),
    ("1024KiB", 1_048_576, "1MiB"),
    ("10MiB", 10_485_760, "10MiB"),
    ("3GiB", 3_221_225_472, "3GiB"),
    ("2TiB", 2_199_023_255_552, "2TiB"),
    ("5kB", 5000, "5kB"),
    ("7MB", 7_000_000, "7MB"),
    ("7GB", 7_000_000_000, "7GB"),
    ("1TB", 1_000_000_000_000, "1TB"),
    ("1024kB", 1_024_000, "1000KiB"),
    ("1500B", 1500, "1500B"),
    ("9223372036854775807B", .max, "9223372036854775807B"),
  ])
  func `a whole number with a unit is read and written in the greatest unit`(
    text: String, bytes: Int, normal: String
  ) {
    #expect(ByteCount(optionText: text)?.bytes == bytes)
    #expect(ByteCount(bytes: bytes).optionText == normal)
    #expect(ByteCount(optionText: normal)?.bytes == bytes)
  }

  @Test(arguments: [
    "", "B", "64", "64 KiB", "-1B", "+1B", "1.5MiB", "64KB", "64kib", "64K", "64k", "64b", "0x1B",
    "9223372036854775808B", "9007199254740992KiB", "99999999999999999999B", "٣B", "1B ",
  ])
  func `a text that is no byte count is refused`(text: String) {
    #expect(ByteCount(optionText: text) == nil)
  }

  @Test func `counts made in a program are never negative and never overflow`() {
    #expect(ByteCount.kibibytes(64).bytes == 65_536)
    #expect(ByteCount.mebibytes(1).bytes == 1_048_576)
    #expect(ByteCount.gibibytes(1).bytes == 1_073_741_824)
    #expect(ByteCount.bytes(-5).bytes == 0)
    #expect(ByteCount.kibibytes(-5).bytes == 0)
    #expect(ByteCount.gibibytes(.max).bytes == .max)
    #expect(512 < ByteCount.kibibytes(1))
  }
}
