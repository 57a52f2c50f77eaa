import PatchbayCore

/// Knows of calls that were seen lately on which day that was.
///
/// In two parts: when one is full the older one is forgotten, which costs less than to know the oldest call.
struct RecentDays: Sendable {
  private let half: Int
  private var newer: [UUIDBits: Int] = [:]
  private var older: [UUIDBits: Int] = [:]

  /// - Parameter capacity: how many calls are known at the most; half as many at the least.
  init(capacity: Int) {
    half = capacity / 2
  }

  /// Whether a call was seen before on another day than now.
  mutating func isOtherDay(_ call: UUIDBits, _ day: Int) -> Bool {
    let known = newer.updateValue(day, forKey: call) ?? older[call]
    if newer.count >= half {
      swap(&newer, &older)
      newer.removeAll(keepingCapacity: true)
    }
    return known.map { $0 != day } ?? false
  }
}
