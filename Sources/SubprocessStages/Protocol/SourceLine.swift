import PatchbayJSON

/// A line from the program of a source.
package enum SourceLine: Equatable {
  /// The next lines are the events of a batch, which it wants to be told of.
  case head(batch: Int, count: Int)
  /// Nothing more comes.
  case end
  /// An event, or what was meant to be one.
  case event

  /// The most events of a batch.
  static let mostEvents = 10_000

  /// Reads a line that stands between batches.
  ///
  /// Only by its first member is a head told from an event, which may have members of any name.
  ///
  /// - Throws: `ProtocolViolation` if it begins like a head or an end, and is neither.
  package init(_ line: [UInt8]) throws(ProtocolViolation) {
    guard let name = Self.firstName(of: line), name == "batch" || name == "end" else {
      self = .event
      return
    }
    let members = try ProtocolLine.members(line)
    do throws(ProtocolViolation) {
      self = name == "end" ? try Self.end(members) : try Self.head(members)
    } catch {
      throw ProtocolViolation("\(error) in \(ProtocolLine.excerpt(line))")
    }
  }

  private static func head(_ members: [JSONValue.Member]) throws(ProtocolViolation) -> SourceLine {
    var (batch, count) = (0, 0)
    for member in members {
      switch member.name {
      case "batch": batch = try ProtocolLine.number(member)
      case "count": count = try ProtocolLine.number(member)
      default: throw ProtocolViolation("wrote the unknown member \"\(member.name)\"")
      }
    }
    guard (1...mostEvents).contains(count) else {
      throw ProtocolViolation("wrote no \"count\" from 1 to \(mostEvents)")
    }
    return .head(batch: batch, count: count)
  }

  private static func end(_ members: [JSONValue.Member]) throws(ProtocolViolation) -> SourceLine {
    guard members.count == 1, members[0].value == true else {
      throw ProtocolViolation("wrote more than {\"end\":true}")
    }
    return .end
  }

  /// The name of an object's first member, if it is written without escapes.
  private static func firstName(of line: [UInt8]) -> String? {
    var rest = line[...].drop(while: isSpace)
    guard rest.popFirst() == UInt8(ascii: "{") else { return nil }
    rest = rest.drop(while: isSpace)
    guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
    return String(decoding: rest.prefix { $0 != UInt8(ascii: "\"") }.prefix(8), as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
