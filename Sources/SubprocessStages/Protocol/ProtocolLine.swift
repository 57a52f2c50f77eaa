import PatchbayCore
import PatchbayJSON

/// Reads what a program has written: each line is one JSON object.
enum ProtocolLine {
  /// The members of the line's object.
  static func members(_ line: [UInt8]) throws(ProtocolViolation) -> [JSONValue.Member] {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: line)
    } catch {
      throw ProtocolViolation("wrote a line that is no JSON: \(excerpt(line))")
    }
    guard let members = value.object else {
      throw ProtocolViolation("wrote a line that is no object: \(excerpt(line))")
    }
    return members
  }

  static func number(_ member: JSONValue.Member) throws(ProtocolViolation) -> Int {
    guard let number = member.value.integer, number >= 0 else {
      throw ProtocolViolation("wrote \"\(member.name)\" that is no whole number from 0 up")
    }
    return number
  }

  /// Somebody else's words.
  static func text(_ member: JSONValue.Member) throws(ProtocolViolation) -> String {
    guard let text = member.value.string else {
      throw ProtocolViolation("wrote \"\(member.name)\" that is no text")
    }
    return OutsideText.shown(text, longest: 4_096)
  }

  static func list(_ member: JSONValue.Member) throws(ProtocolViolation) -> [JSONValue] {
    guard let list = member.value.array else {
      throw ProtocolViolation("wrote \"\(member.name)\" that is no array")
    }
    return list
  }

  /// The start of a line, for a message.
  static func excerpt(_ line: [UInt8]) -> String {
    "\"\(OutsideText.shown(line, longest: 80))\""
  }
}

/// What a program did against the protocol, as the end of a sentence about it.
package struct ProtocolViolation: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }

  /// A line that is too long to be read.
  init(lineOver longest: Int) { self.init("wrote a line of more than \(longest) bytes") }
}
