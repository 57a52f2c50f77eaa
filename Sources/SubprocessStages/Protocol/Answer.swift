import PatchbayCore
import PatchbayJSON

/// What the program of a sink or a validator says of a batch: a line of its output.
package struct Answer: Sendable, Equatable {
  /// What it says of one event.
  struct Judgement: Sendable, Equatable {
    var index: Int
    var code: String?
    var reason: String
  }

  var batch: Int
  /// Why nothing of it was taken.
  var error: String?
  /// Events that it won't ever take, or that are wrong.
  var rejected: [Judgement] = []
  /// Events that it didn't take just now.
  var undelivered: [Int] = []
  /// Why it didn't.
  var reason: String?

  /// The longest line that is read.
  static let longest = 8 << 20

  init(batch: Int) { self.batch = batch }

  /// Reads a line.
  ///
  /// - Throws: `ProtocolViolation` that says what is wrong with it.
  package init(line: [UInt8]) throws(ProtocolViolation) {
    let members = try ProtocolLine.members(line)
    if members.map(\.name) == ["patchbay"] { throw ProtocolViolation("greeted twice") }
    do throws(ProtocolViolation) {
      self = try Self.read(members)
    } catch {
      throw ProtocolViolation("\(error) in \(ProtocolLine.excerpt(line))")
    }
  }

  private static func read(_ members: [JSONValue.Member]) throws(ProtocolViolation) -> Answer {
    var batch: Int?
    var answer = Answer(batch: 0)
    for member in members {
      switch member.name {
      case "ack": batch = try ProtocolLine.number(member)
      case "error": answer.error = try ProtocolLine.text(member)
      case "reason": answer.reason = try ProtocolLine.text(member)
      case "undelivered":
        answer.undelivered = try ProtocolLine.list(member).map {
          element throws(ProtocolViolation) in
          try ProtocolLine.number(.init("undelivered", element))
        }
      case "rejected":
        answer.rejected = try ProtocolLine.list(member).map {
          element throws(ProtocolViolation) in
          try judgement(element)
        }
      default: throw ProtocolViolation("wrote the unknown member \"\(member.name)\"")
      }
    }
    guard let batch else { throw ProtocolViolation("wrote no \"ack\" and no \"patchbay\"") }
    answer.batch = batch
    return answer
  }

  private static func judgement(_ value: JSONValue) throws(ProtocolViolation) -> Judgement {
    guard let members = value.object else {
      throw ProtocolViolation("wrote an element of \"rejected\" that is no object")
    }
    var index: Int?
    var judgement = Judgement(index: 0, reason: "")
    for member in members {
      switch member.name {
      case "index": index = try ProtocolLine.number(member)
      case "code": judgement.code = try ProtocolLine.text(member)
      case "reason": judgement.reason = try ProtocolLine.text(member)
      default: throw ProtocolViolation("wrote the unknown member \"rejected.\(member.name)\"")
      }
    }
    guard let index, !judgement.reason.isEmpty else {
      throw ProtocolViolation("wrote an element of \"rejected\" without \"index\" or \"reason\"")
    }
    judgement.index = index
    return judgement
  }
}
