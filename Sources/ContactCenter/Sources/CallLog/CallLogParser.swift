package import PatchbayCore

/// Reads a call log's lines: first the header, then rows.
package struct CallLogParser {
  /// What a line is.
  package enum Line {
    /// The header, or blank.
    case nothing
    /// A call that no agent served.
    case unserved
    /// A service.
    case service(Service, agent: String)
    /// A row that can't be used, and why.
    case malformed(String)
  }

  private struct Positions {
    let agent: Int
    let call: [Int]
    let date: Int
    let start: Int
    let end: Int
    let count: Int
  }

  private let options: CallLogOptions
  private var positions: Positions?
  private var ids: [String: UUIDBits] = [:]
  private(set) var rows = 0

  package init(_ options: CallLogOptions) {
    self.options = options
  }

  /// Reads a line.
  ///
  /// - Throws: `UnreadableInput` if the header lacks a column.
  package mutating func read(_ line: LineSplitter.Line) throws -> Line {
    guard let bytes = line.bytes else {
      return .malformed("it is longer than \(options.longestLine.optionText)")
    }
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return .nothing }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return .malformed("it is not valid UTF-8")
    }
    let delimiter = Character(Unicode.Scalar(options.delimiter.byte))
    let fields = text.split(separator: delimiter, omittingEmptySubsequences: false)
    guard let positions else {
      self.positions = try header(fields)
      return .nothing
    }
    rows += 1
    guard fields.count == positions.count else {
      return .malformed("expected \(positions.count) fields, found \(fields.count)")
    }
    return service(fields, positions, line.number)
  }

  private func header(_ fields: [Substring]) throws -> Positions {
    func position(_ column: String) throws -> Int {
      if let index = fields.firstIndex(where: { $0 == column }) { return index }
      throw UnreadableInput(
        "\(options.path):1: there is no column \"\(column)\" in the header; "
          + "it has \(fields.joined(separator: ", ").prefix(300))")
    }
    let columns = options.columns
    return Positions(
      agent: try position(columns.agent), call: try columns.call.map(position),
      date: try position(columns.date), start: try position(columns.start),
      end: try position(columns.end), count: fields.count)
  }

  private mutating func service(
    _ fields: [Substring], _ positions: Positions, _ line: Int
  ) -> Line {
    guard let day = day(fields[positions.date]) else {
      return .malformed(
        "\(options.columns.date): expected a date (\(options.dateFormat.rawValue)), "
          + "found \"\(fields[positions.date].prefix(40))\"")
    }
    let agent = String(fields[positions.agent])
    guard let start = Self.seconds(fields[positions.start]) else {
      return .malformed(badTime(options.columns.start, fields[positions.start]))
    }
    guard let end = Self.seconds(fields[positions.end]) else {
      return .malformed(badTime(options.columns.end, fields[positions.end]))
    }
    if agent.isEmpty { return .malformed("\(options.columns.agent): is empty") }
    if options.noAgent.contains(agent) || fields[positions.start] == options.noTime {
      return .unserved
    }
    let call = positions.call.map { String(fields[$0]) }.joined(separator: "/")
    let connected = Self.moment(day, start)
    let ended = Self.moment(end < start ? day + 1 : day, end)
    let service = Service(
      number: line, line: line, agent: id(ofAgent: agent),
      interaction: RecordIDs.hash("call:" + call),
      offered: connected, connected: connected, ended: ended,
      wrapped: options.wrapUp > .zero ? ended.advanced(by: options.wrapUp) : nil)
    return .service(service, agent: agent)
  }

  private static func moment(_ day: Int, _ second: Int) -> Timestamp {
    Timestamp(nanoseconds: Int64(day * 86_400 + second) * 1_000_000_000)
  }

  private func badTime(_ column: String, _ text: Substring) -> String {
    "\(column): expected a time such as 9:30:00, found \"\(text.prefix(40))\""
  }

  private mutating func id(ofAgent name: String) -> UUIDBits {
    if let known = ids[name] { return known }
    let id = RecordIDs.hash(name)
    ids[name] = id
    return id
  }

  private func day(_ text: Substring) -> Int? {
    var digits = Array(text.utf8)
    if options.dateFormat == .iso {
      guard digits.count == 10, digits[4] == UInt8(ascii: "-"), digits[7] == UInt8(ascii: "-")
      else { return nil }
      digits.remove(at: 7)
      digits.remove(at: 4)
    }
    guard digits.count == (options.dateFormat == .yymmdd ? 6 : 8),
      digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    var year = number / 10_000
    if options.dateFormat == .yymmdd { year += year < 70 ? 2_000 : 1_900 }
    return CivilDate(year: year, month: number / 100 % 100, day: number % 100)?.daysSince1970
  }

  /// Seconds since midnight of `h:mm:ss`.
  private static func seconds(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
      parts[2].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), let second = Int(parts[2]),
      hour < 24, minute < 60, second < 60
    else { return nil }
    return hour * 3_600 + minute * 60 + second
  }
}
