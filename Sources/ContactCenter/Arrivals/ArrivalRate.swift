import PatchbayCore

/// How many interactions begin in some time: `50/s`, `2.5/min`, `0/s`.
///
/// Unlike a limit it may be nothing, or a fraction.
package struct ArrivalRate: OptionText, Hashable {
  /// How many begin in a second.
  package let perSecond: Double
  private let text: String

  /// So many a second.
  static func perSecond(_ count: Int) -> ArrivalRate {
    ArrivalRate(perSecond: Double(count), text: "\(count)/s")
  }

  private init(perSecond: Double, text: String) {
    self.perSecond = perSecond
    self.text = text
  }

  package static var grammar: (name: String, example: String, pattern: String?) {
    ("rate", "50/s", "^[0-9]+(\\.[0-9]+)?/(s|min|h|d)$")
  }

  package static var likelyUnits: [String] { ["/s"] }

  package init?(optionText text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let period = Rate.Period(rawValue: String(parts[1])) else { return nil }
    let digits = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(digits.count),
      digits.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let count = Double(parts[0]), count <= 1e9
    else { return nil }
    perSecond = count / Double(period.seconds)
    self.text = text
  }

  package var optionText: String { text }

  /// Whether anything begins.
  var isAboveZero: Bool { perSecond > 0 }
}
