import PatchbayCore

/// Which of several records of one call are in force: the latest.
struct RecordVersions: Sendable {
  private struct Latest: Sendable {
    let number: Int
    let version: String
  }

  private var latest: [String: Latest] = [:]

  /// Notes a record by its number in the file.
  mutating func note(_ number: Int, _ version: String, of call: String) {
    if let known = latest[call], Self.isLater(known.version, than: version) { return }
    latest[call] = Latest(number: number, version: version)
  }

  func isInForce(_ number: Int, of call: String) -> Bool {
    latest[call].map { $0.number == number } ?? true
  }

  /// As times if both are some, else as numbers, else as texts.
  private static func isLater(_ one: String, than other: String) -> Bool {
    if let one = Timestamp(one), let other = Timestamp(other) { return one > other }
    if let one = Double(one), let other = Double(other) { return one > other }
    return one > other
  }
}
