import PatchbayCore
import PatchbayJSON

/// What is written to a program's standard input.
enum Request {
  /// The version of the protocol that this side speaks.
  static let version = 1

  /// The first line.
  static func greeting(_ role: StageRole, _ context: StageContext) -> [UInt8] {
    let line: JSONValue = [
      "patchbay": .integer(version), "role": .string(role.rawValue),
      "stage": .string(context.name), "run": .string("\(context.runID)"),
    ]
    return Array(line.text().utf8) + [0x0A]
  }

  /// The line before a batch's events.
  static func head(batch number: Int, count: Int) -> [UInt8] {
    Array(#"{"batch":\#(number),"count":\#(count)}"#.utf8) + [0x0A]
  }

  /// Events as lines, with what became of them so far.
  static func lines(of batch: borrowing EventBatch) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(batch.count * 256)
    for index in batch.indices { OutcomeJSON.write(index, of: copy batch, to: &bytes) }
    return bytes
  }
}
