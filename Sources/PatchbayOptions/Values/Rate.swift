/// How often something may happen: a count and the period it counts for, as in `300/min`.
public struct Rate: Sendable {
  /// The time that a rate counts for.
  public enum Period: String, Sendable, CaseIterable {
    /// 1 second.
    case second = "s"
    /// 60 seconds.
    case minute = "min"
    /// 3600 seconds.
    case hour = "h"
    /// 86 400 seconds.
    case day = "d"

    /// The period in seconds.
    public var seconds: Int {
      switch self {
      case .second: 1
      case .minute: 60
      case .hour: 3600
      case .day: 86_400
      }
    }
  }

  /// How often in one period; at least once.
  public let count: Int
  /// The period.
  public let period: Period

  /// Makes a rate; a count below 1 makes it 1.
  public init(_ count: Int, per period: Period) {
    self.count = max(1, count)
    self.period = period
  }

  /// So often a second.
  public static func perSecond(_ count: Int) -> Rate { Rate(count, per: .second) }

  /// So often a minute.
  public static func perMinute(_ count: Int) -> Rate { Rate(count, per: .minute) }

  /// So often an hour.
  public static func perHour(_ count: Int) -> Rate { Rate(count, per: .hour) }

  /// The rate as a number of times a second.
  public var perSecond: Double { Double(count) / Double(period.seconds) }
}

extension Rate: Hashable, Comparable, CustomStringConvertible {
  /// Whether two rates are as often in the same time, exactly: `60/min` equals `1/s`.
  public static func == (one: Rate, other: Rate) -> Bool { one.perDay == other.perDay }

  /// Orders by how often in the same time, exactly.
  public static func < (one: Rate, other: Rate) -> Bool { one.perDay < other.perDay }

  /// Hashes equal rates alike.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(perDay.high)
    hasher.combine(perDay.low)
  }

  /// How often a day, a whole number for every period.
  private var perDay: (high: Int, low: UInt) {
    count.multipliedFullWidth(by: Period.day.seconds / period.seconds)
  }

  /// The rate as a configuration says it.
  public var description: String { optionText }
}

extension Rate: OptionText {
  /// A whole number and a period.
  public static var grammar: (name: String, example: String, pattern: String?) {
    ("rate", "300/min", "^[0-9]+/(s|min|h|d)$")
  }

  /// A second, as in most limits that leave the period out.
  public static var likelyUnits: [String] { ["/s"] }

  /// Reads a count of at least 1 and a period.
  public init?(optionText: String) {
    let digits = optionText.utf8.prefix { $0.isASCIIDigit }
    let rest = Substring(optionText.utf8.dropFirst(digits.count))
    guard let count = Int(Substring(digits)), count > 0, rest.first == "/",
      let period = Period(rawValue: String(rest.dropFirst()))
    else { return nil }
    self.init(count, per: period)
  }

  /// The count and the period as they were given.
  public var optionText: String { "\(count)/\(period.rawValue)" }
}
