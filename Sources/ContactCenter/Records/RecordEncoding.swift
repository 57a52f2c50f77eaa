import PatchbayCore

/// How a file's text is encoded.
enum RecordEncoding: String, OptionChoice {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case latin1 = "latin-1"

  var doc: String {
    switch self {
    case .utf8: "UTF-8, with or without a byte order mark."
    case .utf16: "UTF-16 in either byte order; without a mark, little-endian."
    case .latin1: "ISO 8859-1: every byte is a character."
    }
  }
}

/// Makes UTF-8 of a file's bytes, chunk by chunk.
struct RecordDecoder: Sendable {
  private let encoding: RecordEncoding
  private var isAtStart = true
  private var isBigEndian = false
  /// Bytes that don't make up a character yet.
  private var rest: [UInt8] = []

  init(_ encoding: RecordEncoding) {
    self.encoding = encoding
  }

  /// The text of the next bytes; what begins a character is kept for the next call.
  mutating func decode(_ chunk: [UInt8]) -> [UInt8] {
    defer { isAtStart = false }
    switch encoding {
    case .utf8:
      let hasMark = isAtStart && chunk.starts(with: [0xEF, 0xBB, 0xBF])
      return hasMark ? Array(chunk.dropFirst(3)) : chunk
    case .latin1:
      var text: [UInt8] = []
      text.reserveCapacity(chunk.count)
      for byte in chunk {
        if byte < 0x80 {
          text.append(byte)
        } else {
          text.append(0xC0 | byte >> 6)
          text.append(0x80 | byte & 0x3F)
        }
      }
      return text
    case .utf16: return decodeUTF16(chunk)
    }
  }

  private mutating func decodeUTF16(_ chunk: [UInt8]) -> [UInt8] {
    // Half a character at the end is none.
    if chunk.isEmpty {
      defer { rest = [] }
      return rest.isEmpty ? [] : Array("\u{FFFD}".utf8)
    }
    var bytes = rest + chunk
    if isAtStart {
      isBigEndian = bytes.starts(with: [0xFE, 0xFF])
      if isBigEndian || bytes.starts(with: [0xFF, 0xFE]) { bytes.removeFirst(2) }
    }
    func unit(_ index: Int) -> UInt16 {
      isBigEndian
        ? UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
        : UInt16(bytes[index + 1]) << 8 | UInt16(bytes[index])
    }
    var end = bytes.count / 2 * 2
    // The first half of a pair waits for its other half.
    if end >= 2, UTF16.isLeadSurrogate(unit(end - 2)) { end -= 2 }
    let units = stride(from: 0, to: end, by: 2).map(unit)
    rest = Array(bytes[end...])
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}

/// What a file is, by its first bytes, where that isn't text in the encoding that was asked for.
enum FileKind {
  /// Why a file can't be read as it is asked for, and what to do; nil if nothing speaks against it.
  static func objection(to head: [UInt8], read encoding: RecordEncoding) -> String? {
    switch encoding {
    case .utf16, .latin1: break
    case .utf8:
      if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
        return "is text in UTF-16: set \"encoding\" to \"utf-16\""
      }
    }
    if head.starts(with: Gunzip.mark) { return "is packed with gzip twice: unpack it once" }
    if head.starts(with: Array("%PDF".utf8)) { return "is a PDF: export the table as CSV" }
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      return "is a ZIP archive, as spreadsheets are: export the table as CSV"
    }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return "is a spreadsheet of the old kind: export the table as CSV"
    }
    if encoding == .utf8, head.contains(0) { return "is no text: there are zero bytes in it" }
    return nil
  }
}
