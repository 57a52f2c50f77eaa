import PatchbayCore

/// How records and their events are named: ids of those that are told, ids and code of those that can't be.
struct RecordNaming: Sendable {
  /// What ids of events begin with; the source's name if nil.
  let prefix: String?
  /// Whether they are numbered by lines, and not by records.
  let isByLine: Bool
  let badCode: String

  static let records = RecordNaming(prefix: nil, isByLine: false, badCode: "record.malformed")
  static let callLog = RecordNaming(prefix: "log", isByLine: true, badCode: "row.malformed")

  /// The id of a record that can't be used.
  func badID(_ place: EventPlace, number: Int, of source: String) -> String {
    isByLine ? "line-\(place.line)" : "\(source)-bad-\(number)"
  }
}
