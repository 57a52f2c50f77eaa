import PatchbayCore
import PatchbayJSON

/// Cuts text into JSON values one behind the other, chunk by chunk: an array's, or those that follow each
/// other with or without something between them.
struct JSONRecordReader: Sendable {
  /// A value.
  struct Record {
    /// The line that it begins on.
    let line: Int
    let value: JSONValue?
    /// What is wrong with it.
    let problem: String?
  }

  private enum Place {
    /// In the object around the array, before its member. Next: start.
    case around
    /// Before an array's bracket. Next: between.
    case start
    /// Between two values. Next: inside, end.
    case between
    /// Behind an array. It stays so.
    case end
  }

  private let format: RecordFormat
  /// The most bytes of a value.
  private let longest: Int
  private let member: String
  private var place: Place
  private var buffer: [UInt8] = []
  private var line = 1
  /// How deep the value that goes on is nested, and whether a string is open in it.
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// How far the buffer has been looked at.
  private var scanned = 0
  /// What is passed over, since it can't be used.
  private enum Discarding {
    case nothing
    /// Up to the end of the line.
    case line
    /// Up to where the value ends.
    case value
    /// Up to where another value may begin.
    case word
  }

  private var discarding = Discarding.nothing
  /// Whether it has been said that something follows the array.
  private var hasComplained = false
  /// The string that was read last while the array is looked for, and whether it is the array's name.
  private var text: [UInt8] = []
  private var found = false

  init(_ format: RecordFormat, longest: Int) {
    self.format = format
    self.longest = longest
    if case .jsonArray(let array) = format {
      place = array.member.isEmpty ? .start : .around
      member = array.member
    } else {
      place = .between
      member = ""
    }
  }

  /// The values that end in these bytes; with no bytes, what is left.
  mutating func records(in chunk: [UInt8]) -> [Record] {
    buffer += chunk
    var records: [Record] = []
    var start = 0
    while let (record, end) = next(from: start, isLast: chunk.isEmpty) {
      if let record { records.append(record) }
      start = end
    }
    buffer.removeFirst(start)
    scanned = max(0, scanned - start)
    return records
  }

  private mutating func next(from start: Int, isLast: Bool) -> (Record?, Int)? {
    guard start < buffer.count else {
      return isLast ? ending(at: start) : nil
    }
    if case .around = place { return search(from: start) }
    let byte = buffer[start]
    if case .end = place, !member.isEmpty {
      // What else the object holds is none of ours.
      line += buffer[start...].count { $0 == 0x0A }
      return (nil, buffer.count)
    }
    if case .nothing = discarding {} else { return discard(from: start) }
    if depth == 0 {
      switch byte {
      case 0x0A:
        line += 1
        return skip(start)
      case 0x20, 0x09, 0x0D: return skip(start)
      case UInt8(ascii: "["):
        if case .start = place {
          place = .between
          return skip(start)
        }
      case UInt8(ascii: ","):
        if case .jsonArray = format, case .between = place { return skip(start) }
      case UInt8(ascii: "]"):
        if case .jsonArray = format, case .between = place {
          place = .end
          return skip(start)
        }
      default: break
      }
    }
    if case .start = place {
      place = .between
      return (Record(line: line, value: nil, problem: "expected an array, `[`"), start)
    }
    if case .end = place {
      let record = Record(line: line, value: nil, problem: "something follows the array")
      defer { hasComplained = true }
      return (hasComplained ? nil : record, buffer.count)
    }
    return value(from: start, isLast: isLast)
  }

  /// Looks for the member that holds the array, at the first depth of the object around it.
  private mutating func search(from start: Int) -> (Record?, Int)? {
    scanned = max(scanned, start)
    while scanned < buffer.count {
      let byte = buffer[scanned]
      scanned += 1
      if byte == 0x0A { line += 1 }
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
          if depth == 1, text == Array(member.utf8) { found = true }
          continue
        }
        if text.count <= member.utf8.count { text.append(byte) }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        isInString = true
        text = []
        found = false
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "["):
        if depth == 1, found {
          depth = 0
          place = .between
          return (nil, scanned)
        }
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ","): found = false
      default: break
      }
    }
    scanned = buffer.count
    return (nil, buffer.count)
  }

  private mutating func skip(_ start: Int) -> (Record?, Int) {
    scanned = start + 1
    return (nil, start + 1)
  }

  /// What is wrong at the end.
  private mutating func ending(at start: Int) -> (Record?, Int)? {
    guard case .jsonArray = format else { return nil }
    let problem: String
    switch place {
    case .around:
      problem = "there is no member \(member.debugDescription) with an array in the file's object"
    case .start: problem = "expected an array, `[`"
    case .between: problem = "the array is never closed"
    case .end: return nil
    }
    place = .end
    return (Record(line: line, value: nil, problem: problem), start)
  }

  private mutating func value(from start: Int, isLast: Bool) -> (Record?, Int)? {
    scanned = max(scanned, start)
    guard buffer[start] == UInt8(ascii: "{") else {
      return giveUp(start, "expected a JSON object, `{`")
    }
    while scanned < buffer.count {
      let byte = buffer[scanned]
      if byte == 0x0A, case .jsonLines = format {
        return giveUp(start, "the object isn't closed on its line")
      }
      scanned += 1
      if scan(byte) { return whole(start..<scanned) }
      if scanned - start > longest { return giveUp(start, "it is longer than \(longest) bytes") }
    }
    return isLast ? giveUp(start, "the object is never closed") : nil
  }

  /// Follows strings and brackets; whether a value ends with the byte.
  private mutating func scan(_ byte: UInt8) -> Bool {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
        return depth == 0
      }
      return false
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      return depth <= 0
    default: break
    }
    return false
  }

  private mutating func whole(_ range: Range<Int>) -> (Record?, Int) {
    let first = line
    depth = 0
    line += buffer[range].count { $0 == 0x0A }
    do {
      let value = try JSONValue(
        parsing: Array(buffer[range]), limits: JSONLimits(bytes: longest, depth: 64))
      return (Record(line: first, value: value, problem: nil), range.upperBound)
    } catch {
      let text = OutsideText.shown(String("\(error)".prefix(200)))
      return (
        Record(line: first, value: nil, problem: "the object that begins here is no JSON: \(text)"),
        range.upperBound
      )
    }
  }

  // MARK: Giving up

  /// Goes on behind the value, as far as can be told where that ends: a line of lines, a value among others.
  private mutating func giveUp(_ start: Int, _ problem: String) -> (Record?, Int)? {
    let record = Record(line: line, value: nil, problem: problem)
    if case .jsonLines = format {
      discarding = .line
      depth = 0
      (isInString, isEscaped) = (false, false)
      scanned = start
      return (record, start)
    }
    switch buffer[start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""): discarding = .value
    default:
      discarding = .word
      // Its first byte is a part of it, whatever it is.
      scanned = start + 1
    }
    // What has been looked at of it is followed already.
    line += buffer[start..<scanned].count { $0 == 0x0A }
    return (record, scanned)
  }

  private mutating func discard(from start: Int) -> (Record?, Int)? {
    for place in start..<buffer.count {
      let byte = buffer[place]
      switch discarding {
      case .nothing: return (nil, place)
      case .line:
        // The end itself is counted when it is passed over.
        if byte == 0x0A {
          discarding = .nothing
          scanned = place
          return (nil, place)
        }
      case .value:
        if byte == 0x0A { line += 1 }
        if scan(byte) {
          discarding = .nothing
          depth = 0
          scanned = place + 1
          return (nil, place + 1)
        }
      case .word:
        let ends: [UInt8] = [0x20, 0x09, 0x0A, 0x0D] + Array(",]{[\"".utf8)
        if ends.contains(byte) {
          discarding = .nothing
          scanned = place
          return (nil, place)
        }
      }
    }
    scanned = buffer.count
    return (nil, buffer.count)
  }
}
