import PatchbayCore

/// Looks for the end of the last whole element of a JSON array, in a file of any length.
///
/// It follows brackets and strings and nothing else: enough to tell an array that is whole from one
/// that was torn, without reading the file into memory.
struct ArrayScan {
  /// What a file holds.
  struct Finding: Equatable {
    /// The offset behind the last whole element, or behind the opening bracket.
    var end: Int
    /// Whether there is no whole element.
    var isEmpty: Bool
    /// Whether the array is closed and nothing but white space follows.
    var isWhole: Bool
  }

  /// What a scan is in the middle of.
  private enum Place {
    /// Before the array's opening bracket.
    case before
    /// In the array, behind the bracket or a comma.
    case awaitingElement
    /// In the array, behind an element.
    case behindElement
    /// In a number or word that is an element.
    case scalar
    /// In an element, so many brackets deep.
    case nested(Int)
    /// In a text, so many brackets deep.
    case text(depth: Int, isEscaped: Bool)
    /// Behind a comma and the closing bracket that a torn write left of the old end.
    case remains
    /// Behind the array's closing bracket.
    case closed
    /// In what no array can hold.
    case foreign
  }

  /// How the program's own records begin, white space aside.
  private static let ownStart = Array(#"{"run_id":"#.utf8)

  private var place = Place.before
  private var offset = 0
  private var found = Finding(end: 0, isEmpty: true, isWhole: false)
  private var start: [UInt8] = []
  private var hasOwnRecords = false

  /// Finds where records of a file can be appended.
  ///
  /// - Throws: `PipelineError` if the file holds no array and no record of this program.
  static func of(_ file: RecordFile, _ path: String) async throws -> Finding {
    if let quick = try await quickly(file) { return quick }
    var scan = ArrayScan()
    while scan.offset < file.length {
      // Not what others, who heed no lock, put behind it meanwhile.
      let chunk = try await file.read(
        at: scan.offset, count: min(1 << 18, file.length - scan.offset))
      if chunk.isEmpty { break }
      for byte in chunk { scan.take(byte) }
    }
    scan.noteStart()
    if case .closed = scan.place {
      scan.found.isWhole = true
      return scan.found
    }
    // A torn write leaves the beginning of a record of ours and nothing else; whatever isn't that is
    // somebody else's.
    let isOwn = scan.hasOwnRecords || scan.found.isEmpty && ownStart.starts(with: scan.start)
    if case .foreign = scan.place { throw refusal(path, "something else") }
    if scan.found.end == 0 { throw refusal(path, "something else") }
    if !isOwn { throw refusal(path, "one without an end") }
    return scan.found
  }

  private static func refusal(_ path: String, _ found: String) -> PipelineError {
    PipelineError(
      "\(path) holds no audit: expected a JSON array, found \(found); name another file",
      code: .unusableFile)
  }

  /// A file that this program closed needs no scan.
  private static func quickly(_ file: RecordFile) async throws -> Finding? {
    let ending = Array("\n  }\n]\n".utf8)
    guard file.length > ending.count, try await file.read(at: 0, count: 1) == [0x5B],
      try await file.read(at: file.length - ending.count, count: ending.count) == ending
    else { return nil }
    return Finding(end: file.length - 3, isEmpty: false, isWhole: true)
  }

  private mutating func take(_ byte: UInt8) {
    defer { offset += 1 }
    let isBlank = byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    switch place {
    case .before:
      if isBlank { return }
      place = byte == UInt8(ascii: "[") ? .awaitingElement : .foreign
      if byte == UInt8(ascii: "[") { found.end = offset + 1 }
    case .awaitingElement:
      if isBlank { return }
      if byte == UInt8(ascii: "]") {
        place = found.isEmpty ? .closed : .remains
      } else {
        beginElement(byte)
      }
    case .behindElement: takeBehindElement(byte, isBlank)
    case .scalar:
      if Self.isScalar(byte) {
        found.end = offset + 1
      } else {
        place = .behindElement
        takeBehindElement(byte, isBlank)
      }
    case .nested(let depth): takeNested(byte, isBlank, depth)
    case .text(let depth, let isEscaped):
      note(byte)
      switch byte {
      case _ where isEscaped: place = .text(depth: depth, isEscaped: false)
      case UInt8(ascii: "\\"): place = .text(depth: depth, isEscaped: true)
      case UInt8(ascii: "\""): end(depth)
      default: break
      }
    case .closed, .remains: if !isBlank { place = .foreign }
    case .foreign: break
    }
  }

  private mutating func takeBehindElement(_ byte: UInt8, _ isBlank: Bool) {
    if isBlank { return }
    switch byte {
    case UInt8(ascii: ","): place = .awaitingElement
    case UInt8(ascii: "]"): place = .closed
    default: place = .foreign
    }
  }

  private mutating func beginElement(_ byte: UInt8) {
    noteStart()
    start = []
    note(byte)
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["): place = .nested(1)
    case UInt8(ascii: "\""): place = .text(depth: 0, isEscaped: false)
    default:
      place = Self.isScalar(byte) ? .scalar : .foreign
      if case .scalar = place { endElement() }
    }
  }

  private mutating func takeNested(_ byte: UInt8, _ isBlank: Bool, _ depth: Int) {
    if !isBlank { note(byte) }
    switch byte {
    case UInt8(ascii: "\""): place = .text(depth: depth, isEscaped: false)
    case UInt8(ascii: "{"), UInt8(ascii: "["): place = .nested(depth + 1)
    case UInt8(ascii: "}"), UInt8(ascii: "]"): end(depth - 1)
    default: break
    }
  }

  /// A bracket or a text has ended; at depth 0 that is the element's end.
  private mutating func end(_ depth: Int) {
    place = depth == 0 ? .behindElement : .nested(depth)
    if depth == 0 { endElement() }
  }

  private mutating func endElement() {
    found.end = offset + 1
    found.isEmpty = false
  }

  /// Keeps the first bytes of an element.
  private mutating func note(_ byte: UInt8) {
    if start.count < Self.ownStart.count { start.append(byte) }
  }

  private mutating func noteStart() {
    if start == Self.ownStart { hasOwnRecords = true }
  }

  private static func isScalar(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eEtrufalsn".utf8.contains(byte)
  }
}
