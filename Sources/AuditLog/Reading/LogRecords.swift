package import PatchbayCore
package import PatchbayJSON

/// The records of a log, one after the other.
package struct LogRecords {
  /// Which records are wanted; what is nil doesn't matter.
  package struct Filter: Sendable {
    package var agent: String?
    package var interaction: String?
    package var outcome: String?
    package var from: Timestamp?
    package var to: Timestamp?

    /// Takes every record.
    package init() {}

    /// Whether nothing is asked for.
    package var takesAll: Bool {
      agent == nil && interaction == nil && outcome == nil && from == nil && to == nil
    }

    func takes(_ record: JSONValue) -> Bool {
      func has(_ name: String, _ wanted: String?) -> Bool {
        wanted == nil || record[name]?.string == wanted
      }
      guard has("agent_id", agent), has("interaction_id", interaction), has("outcome", outcome)
      else { return false }
      if from == nil, to == nil { return true }
      guard let time = record["logged_at"]?.string.flatMap({ Timestamp($0) }) else { return false }
      return from.map { $0 <= time } ?? true && to.map { time <= $0 } ?? true
    }
  }

  private var lines: LogLines
  private let path: String
  private let filter: Filter
  private var number = 0

  /// Opens a log's records.
  ///
  /// - Throws: `UnreadableInput` with the path and the system's reason.
  package init(_ folder: String, _ filter: Filter = Filter()) async throws {
    path = LogFolder(path: folder).records
    lines = LogLines(try await InputFile.open(path), longest: EntryBundle.longest)
    self.filter = filter
  }

  /// The next records that are wanted, none of them perhaps; nil at the end.
  ///
  /// - Throws: `UnreadableInput` if a line is no JSON object.
  package mutating func next() async throws -> [JSONValue]? {
    guard let block = try await lines.next() else {
      if lines.isTooLong {
        throw UnreadableInput("\(path):\(number + 1): the line is longer than any record")
      }
      return nil
    }
    var records: [JSONValue] = []
    for line in block.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
      number += 1
      guard let record = try? JSONValue(parsing: Array(line)), record.object != nil else {
        throw UnreadableInput("\(path):\(number): the line is no JSON object")
      }
      if filter.takes(record) { records.append(record) }
    }
    return records
  }
}
