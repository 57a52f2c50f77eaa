import PatchbayJSON

/// Makes the same values and texts for the same seed.
struct RandomJSON {
  private static let alphabet: [Unicode.Scalar] = [
    "a", "Z", "0", " ", "/", "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{8}", "\u{C}", "\u{1F}",
    "\u{7F}", "\u{80}", "é", "\u{301}", "ß", "\u{7FF}", "\u{800}", "€", "\u{2028}", "\u{D7FF}",
    "\u{E000}", "\u{FEFF}", "\u{FFFD}", "\u{FFFF}", "\u{10000}", "😀", "\u{10FFFF}",
  ]
  private static let tokens = [
    "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\"", "\"\\u00e9\"", "\"\\n\"", "\\", "true",
    "false", "null", "nul", "0", "-0", "1", "-1", "01", "1.5", "1.", ".5", "1e3", "1E-2", "1e",
    "9223372036854775807", "9223372036854775808", " ", "\n", "\t", "\r", "x", "é", "//", "'a'",
  ]

  /// The bytes that mean something to a reader of JSON.
  private static let likely =
    Array(#"{}[],:"\/u0123456789dDcCeE+-.tfn "#.utf8) + [0, 0x0A, 0x1F, 0x80, 0xC3, 0xFF]

  private(set) var random: SplitMix

  init(seed: UInt64) {
    random = SplitMix(seed: seed)
  }

  /// A value that reads back as the same cases: whole numbers that fit are never `number`.
  mutating func value(depth: Int = 4) -> JSONValue {
    switch random.below(depth == 0 ? 6 : 8) {
    case 0: .null
    case 1: .bool(random.below(2) == 0)
    case 2: .integer(integer())
    case 3, 4: number()
    case 5: .string(string())
    case 6: .array((0..<random.below(5)).map { _ in value(depth: depth - 1) })
    default:
      // The index keeps the names apart.
      .object((0..<random.below(5)).map { .init("\($0)" + string(), value(depth: depth - 1)) })
    }
  }

  mutating func string() -> String {
    var text = ""
    for _ in 0..<random.below(8) {
      text.unicodeScalars.append(Self.alphabet[random.below(Self.alphabet.count)])
    }
    return text
  }

  /// A finite number of any magnitude, from its bits or from a few digits.
  mutating func double() -> Double {
    while true {
      let number =
        random.below(2) == 0
        ? Double(bitPattern: random.next()) : Double(random.below(2_000_000) - 1_000_000) / 1_000
      if number.isFinite { return number }
    }
  }

  /// Tokens in any order, now and then a text.
  mutating func tokens() -> [UInt8] {
    let texts = (0...random.below(7)).map { _ in Self.tokens[random.below(Self.tokens.count)] }
    return Array(texts.joined().utf8)
  }

  /// The bytes after one to four small accidents.
  mutating func mutated(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0...random.below(4) {
      let place = random.below(bytes.count + 1)
      let byte =
        random.below(4) == 0
        ? UInt8(random.below(256)) : Self.likely[random.below(Self.likely.count)]
      switch random.below(6) {
      case 0: bytes.insert(byte, at: place)
      case 1: bytes.removeLast(bytes.count - place)
      case 2: if place < bytes.count { bytes.remove(at: place) }
      case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 6)], at: place)
      default: if place < bytes.count { bytes[place] = byte }
      }
    }
    return bytes
  }

  private mutating func integer() -> Int {
    switch random.below(4) {
    case 0: Int(bitPattern: UInt(random.next()))
    case 1: [.min, .max, 1 << 53, -(1 << 53), (1 << 53) + 1][random.below(5)]
    default: random.below(2_001) - 1_000
    }
  }

  private mutating func number() -> JSONValue {
    let number = double()
    return Int(exactly: number).map { .integer($0) } ?? .number(number)
  }
}
