/// A number of bytes, written with its unit: `512B`, `64KiB`, `10MiB`, `5kB`.
public struct ByteCount: Sendable, Hashable {
  /// How many bytes; never negative.
  public let bytes: Int

  /// Makes a count of bytes; a negative number makes none.
  public init(bytes: Int) {
    self.bytes = max(0, bytes)
  }

  /// So many bytes.
  public static func bytes(_ count: Int) -> ByteCount { ByteCount(bytes: count) }

  /// So many times 1024 bytes, or as many as there can be.
  public static func kibibytes(_ count: Int) -> ByteCount { ByteCount(count, times: 1 << 10) }

  /// So many times 1024 KiB, or as many as there can be.
  public static func mebibytes(_ count: Int) -> ByteCount { ByteCount(count, times: 1 << 20) }

  /// So many times 1024 MiB, or as many as there can be.
  public static func gibibytes(_ count: Int) -> ByteCount { ByteCount(count, times: 1 << 30) }

  private init(_ count: Int, times unit: Int) {
    let (bytes, overflows) = max(0, count).multipliedReportingOverflow(by: unit)
    self.init(bytes: overflows ? .max : bytes)
  }
}

extension ByteCount: Comparable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// Makes a count of bytes.
  public init(integerLiteral bytes: Int) {
    self.init(bytes: bytes)
  }

  /// Orders by the number of bytes.
  public static func < (one: ByteCount, other: ByteCount) -> Bool { one.bytes < other.bytes }

  /// The count as a configuration says it.
  public var description: String { optionText }
}

extension ByteCount: OptionText {
  /// A whole number with a unit, binary or decimal.
  public static var grammar: (name: String, example: String, pattern: String?) {
    ("byte count", "64KiB", "^[0-9]+(B|kB|MB|GB|TB|KiB|MiB|GiB|TiB)$")
  }

  /// Bytes.
  public static var likelyUnits: [String] { ["B"] }

  /// The units, binary ones first.
  private static let units: [(name: String, bytes: Int)] = [
    ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10),
    ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000), ("B", 1),
  ]

  /// Reads a whole number and a unit; refuses more than 63 bits of bytes.
  public init?(optionText: String) {
    let digits = optionText.utf8.prefix { $0.isASCIIDigit }
    let name = optionText.utf8.dropFirst(digits.count)
    guard let count = Int(Substring(digits)),
      let unit = Self.units.first(where: { name.elementsEqual($0.name.utf8) })
    else { return nil }
    let (bytes, overflows) = count.multipliedReportingOverflow(by: unit.bytes)
    guard !overflows else { return nil }
    self.init(bytes: bytes)
  }

  /// The count in the greatest unit that divides it.
  public var optionText: String {
    let exact = Self.units.filter { bytes > 0 && bytes.isMultiple(of: $0.bytes) }
    guard let unit = exact.max(by: { $0.bytes < $1.bytes }) else { return "0B" }
    return "\(bytes / unit.bytes)\(unit.name)"
  }
}
