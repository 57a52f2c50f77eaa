public import PatchbayCore

/// How many requests a token may make.
public enum RequestLimit: OptionText, Equatable {
  /// Any number.
  case off
  /// So many in a fixed window of time.
  case rate(Rate)

  /// A rate or `off`.
  public static var grammar: (name: String, example: String, pattern: String?) {
    ("rate or off", "300/min", "^(off|[0-9]+/(s|min|h|d))$")
  }

  /// A second, as in most limits that leave the period out.
  public static var likelyUnits: [String] { Rate.likelyUnits }

  /// Reads a rate or `off`.
  public init?(optionText text: String) {
    if text == "off" {
      self = .off
    } else if let rate = Rate(optionText: text) {
      self = .rate(rate)
    } else {
      return nil
    }
  }

  /// The rate as it was given, or `off`.
  public var optionText: String {
    switch self {
    case .off: "off"
    case .rate(let rate): rate.optionText
    }
  }

  /// The rate; nil for any number.
  public var rate: Rate? {
    if case .rate(let rate) = self { rate } else { nil }
  }
}
