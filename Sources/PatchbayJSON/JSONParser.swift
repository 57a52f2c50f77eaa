/// Builds positioned nodes by recursive descent over the scanner; one use, one text.
struct JSONParser {
  private var scanner: JSONScanner
  private let limits: JSONLimits
  private var path: [String] = []
  private var lines: LineCounter
  private(set) var duplicateNames: [JSONDocument.DuplicateName] = []

  init(_ bytes: [UInt8], source: Int, limits: JSONLimits) {
    scanner = JSONScanner(bytes)
    lines = LineCounter(bytes, source: source)
    self.limits = limits
  }

  mutating func parseDocument() throws(JSONSyntaxError) -> JSONNode {
    let start = lines.position(of: 0)
    if scanner.bytes.count > limits.bytes {
      throw JSONSyntaxError(
        at: start, "the text has \(scanner.bytes.count) bytes, the limit is \(limits.bytes)")
    }
    if scanner.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw JSONSyntaxError(at: start, "the text starts with a byte order mark; save it without")
    }
    if scanner.bytes.starts(with: [0xFF, 0xFE]) || scanner.bytes.starts(with: [0xFE, 0xFF]) {
      throw JSONSyntaxError(at: start, "the text is UTF-16; save it as UTF-8")
    }
    do {
      scanner.skipWhitespace()
      let root = try parseValue(depth: 0)
      scanner.skipWhitespace()
      if scanner.offset < scanner.end {
        throw JSONScanner.Failure(
          at: scanner.offset, "expected the end of the text, found \(scanner.foundHere)")
      }
      return root
    } catch let failure as JSONScanner.Failure {
      throw JSONSyntaxError(at: lines.position(of: failure.offset), failure.message)
    } catch {
      // Nothing else is thrown in there; the compiler can't know.
      throw JSONSyntaxError(at: start, "\(error)")
    }
  }

  private mutating func parseValue(depth: Int) throws -> JSONNode {
    let position = lines.position(of: scanner.offset)
    switch scanner.peek ?? 0 {
    case UInt8(ascii: "{"):
      try checkDepth(depth)
      return JSONNode(.object(try parseMembers(depth: depth)), at: position)
    case UInt8(ascii: "["):
      try checkDepth(depth)
      return JSONNode(.array(try parseElements(depth: depth)), at: position)
    case UInt8(ascii: "\""):
      return JSONNode(.string(try scanner.string()), at: position)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      switch try scanner.number() {
      case .integer(let number): return JSONNode(.integer(number), at: position)
      case .number(let number): return JSONNode(.number(number), at: position)
      }
    default:
      if scanner.skip("true") { return JSONNode(.bool(true), at: position) }
      if scanner.skip("false") { return JSONNode(.bool(false), at: position) }
      if scanner.skip("null") { return JSONNode(.null, at: position) }
      throw JSONScanner.Failure(
        at: scanner.offset,
        "expected a value, found \(scanner.foundHere)\(scanner.commentHint)")
    }
  }

  private func checkDepth(_ depth: Int) throws {
    if depth >= limits.depth {
      throw JSONScanner.Failure(
        at: scanner.offset, "arrays and objects are nested deeper than \(limits.depth) levels")
    }
  }

  private mutating func parseMembers(depth: Int) throws -> [JSONNode.Member] {
    var members: [JSONNode.Member] = []
    var names = NameIndex()
    scanner.advance()
    scanner.skipWhitespace()
    if scanner.skip("}") { return members }
    while true {
      let position = lines.position(of: scanner.offset)
      guard scanner.peek == UInt8(ascii: "\"") else {
        throw JSONScanner.Failure(
          at: scanner.offset,
          "expected a name in quotes, found \(scanner.foundHere)\(scanner.commentHint)")
      }
      let name = try scanner.string()
      scanner.skipWhitespace()
      guard scanner.skip(":") else {
        throw JSONScanner.Failure(
          at: scanner.offset, "expected \":\" after a name, found \(scanner.foundHere)")
      }
      scanner.skipWhitespace()
      path.append(name)
      let value = try parseValue(depth: depth + 1)
      if let first = names.first(name, in: members) {
        duplicateNames.append(.init(path: path, position: position, first: first.position))
      } else {
        members.append(.init(name, at: position, value))
      }
      path.removeLast()
      scanner.skipWhitespace()
      if scanner.skip("}") { return members }
      try separator("}")
    }
  }

  private mutating func parseElements(depth: Int) throws -> [JSONNode] {
    var elements: [JSONNode] = []
    scanner.advance()
    scanner.skipWhitespace()
    if scanner.skip("]") { return elements }
    while true {
      path.append(String(elements.count))
      elements.append(try parseValue(depth: depth + 1))
      path.removeLast()
      scanner.skipWhitespace()
      if scanner.skip("]") { return elements }
      try separator("]")
    }
  }

  /// Reads the comma between two items and what blank follows it; a trailing comma is named.
  private mutating func separator(_ closing: String) throws {
    let comma = scanner.offset
    guard scanner.skip(",") else {
      throw JSONScanner.Failure(
        at: scanner.offset,
        "expected \",\" or \"\(closing)\", found \(scanner.foundHere)\(scanner.commentHint)")
    }
    scanner.skipWhitespace()
    if scanner.peek == closing.utf8.first {
      throw JSONScanner.Failure(at: comma, "a comma before \"\(closing)\" is not allowed in JSON")
    }
  }
}
