import PatchbayCore
import PatchbayJSON

/// A line from a program's standard output.
enum Answer: Sendable, Equatable {
  /// What the program says of one event of a batch.
  struct Judgement: Sendable, Equatable {
    var index: Int
    var code: String?
    var reason: String
  }

  /// What it says of a batch.
  struct Acknowledgement: Sendable, Equatable {
    var batch: Int
    /// Why nothing of it was taken.
    var error: String?
    /// Events that it won't ever take, or that are wrong.
    var rejected: [Judgement] = []
    /// Events that it didn't take just now.
    var undelivered: [Int] = []
    /// Why it didn't.
    var reason: String?
  }

  /// The first line, with the version that it speaks.
  case greeting(version: Int)
  case acknowledgement(Acknowledgement)

  /// The longest line that is read.
  static let longest = 8 << 20

  /// Reads a line.
  ///
  /// - Throws: `ProtocolViolation` that says what is wrong with it.
  init(line: [UInt8]) throws(ProtocolViolation) {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: line)
    } catch {
      throw ProtocolViolation("wrote a line that is no JSON: \(Self.excerpt(line))")
    }
    guard let members = value.object else {
      throw ProtocolViolation("wrote a line that is no object: \(Self.excerpt(line))")
    }
    do throws(ProtocolViolation) {
      self = try Self.read(members)
    } catch {
      throw ProtocolViolation("\(error) in \(Self.excerpt(line))")
    }
  }

  private static func read(_ members: [JSONValue.Member]) throws(ProtocolViolation) -> Answer {
    if members.first?.name == "patchbay", members.count == 1 {
      return .greeting(version: try number(members[0]))
    }
    var batch: Int?
    var answer = Acknowledgement(batch: 0)
    for member in members {
      switch member.name {
      case "ack": batch = try number(member)
      case "error": answer.error = try text(member)
      case "reason": answer.reason = try text(member)
      case "undelivered":
        answer.undelivered = try list(member).map { element throws(ProtocolViolation) in
          try number(.init("undelivered", element))
        }
      case "rejected":
        answer.rejected = try list(member).map { element throws(ProtocolViolation) in
          try judgement(element)
        }
      default: throw ProtocolViolation("wrote the unknown member \"\(member.name)\"")
      }
    }
    guard let batch else { throw ProtocolViolation("wrote no \"ack\" and no \"patchbay\"") }
    answer.batch = batch
    return .acknowledgement(answer)
  }

  private static func judgement(_ value: JSONValue) throws(ProtocolViolation) -> Judgement {
    guard let members = value.object else {
      throw ProtocolViolation("wrote an element of \"rejected\" that is no object")
    }
    var index: Int?
    var judgement = Judgement(index: 0, reason: "")
    for member in members {
      switch member.name {
      case "index": index = try number(member)
      case "code": judgement.code = try text(member)
      case "reason": judgement.reason = try text(member)
      default: throw ProtocolViolation("wrote the unknown member \"rejected.\(member.name)\"")
      }
    }
    guard let index, !judgement.reason.isEmpty else {
      throw ProtocolViolation("wrote an element of \"rejected\" without \"index\" or \"reason\"")
    }
    judgement.index = index
    return judgement
  }

  private static func number(_ member: JSONValue.Member) throws(ProtocolViolation) -> Int {
    guard let number = member.value.integer, number >= 0 else {
      throw ProtocolViolation("wrote \"\(member.name)\" that is no whole number from 0 up")
    }
    return number
  }

  private static func text(_ member: JSONValue.Member) throws(ProtocolViolation) -> String {
    guard let text = member.value.string else {
      throw ProtocolViolation("wrote \"\(member.name)\" that is no text")
    }
    return text
  }

  private static func list(_ member: JSONValue.Member) throws(ProtocolViolation) -> [JSONValue] {
    guard let list = member.value.array else {
      throw ProtocolViolation("wrote \"\(member.name)\" that is no array")
    }
    return list
  }

  /// The start of a line, for a message.
  static func excerpt(_ line: [UInt8]) -> String {
    let text = String(decoding: line.prefix(80), as: UTF8.self)
    let shown = text.unicodeScalars.map {
      $0.properties.generalCategory == .control ? "·" : "\($0)"
    }
    return "\"\(shown.joined())\(line.count > 80 ? "…" : "")\""
  }
}

/// What a program did against the protocol, as the end of a sentence about it.
struct ProtocolViolation: Error, Sendable, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
