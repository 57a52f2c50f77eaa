/// What there was in records, and what was decided about it.
package struct RecordTally: Sendable {
  package var records = 0
  package var bad = 0
  package var unserved = 0
  package var superseded = 0
  package var duplicates = 0
  package var services = 0
  package var holds = 0
  package var unanswered = 0
  package var presences = 0
  package var agents = 0
  package var overMidnight = 0
  package var unknown = 0
  package var open = 0
  package var callsAgain = 0
  package var ambiguous = 0
  package var skipped = 0
  package var zonesGuessed = 0
  /// Names that were found in another spelling, with their columns.
  package var guessed: [(name: String, column: String)] = []

  /// Members of a mapping of which no record had anything.
  package var unseen: [String] = []
  /// Files with nothing in them, where there are several.
  package var empty: [String] = []

  package init() {}
}
