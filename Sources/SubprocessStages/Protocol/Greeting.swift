import PatchbayCore
import PatchbayJSON

/// The first line in each direction.
enum Greeting {
  /// The version of the protocol that this side speaks.
  static let version = 1

  /// What the program is greeted with.
  static func line(_ role: StageRole, _ context: StageContext) -> [UInt8] {
    let line: JSONValue = [
      "patchbay": .integer(version), "role": .string(role.rawValue),
      "stage": .string(context.name), "run": .string("\(context.runID)"),
    ]
    return Array(line.text().utf8) + [0x0A]
  }

  /// Checks what it greets with.
  ///
  /// - Throws: `ProtocolViolation` if that is no greeting, or of another version.
  static func check(_ line: [UInt8]) throws(ProtocolViolation) {
    let members = try ProtocolLine.members(line)
    guard members.count == 1, members[0].name == "patchbay" else {
      throw ProtocolViolation(
        members.contains { $0.name == "ack" }
          ? "answered before it greeted"
          : "wrote \(ProtocolLine.excerpt(line)) before it greeted")
    }
    let version = try ProtocolLine.number(members[0])
    guard version == Self.version else {
      throw ProtocolViolation(
        "speaks version \(version) of the protocol; version \(Self.version) is needed")
    }
  }
}
