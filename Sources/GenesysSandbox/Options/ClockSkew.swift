public import PatchbayCore

/// How far a clock is ahead, or behind with a minus sign.
public struct ClockSkew: OptionText, Equatable {
  /// The difference; below zero for a clock that is behind.
  public let offset: Duration

  /// Makes a skew of any difference.
  public init(_ offset: Duration) {
    self.offset = offset
  }

  /// A duration, with a minus sign or without.
  public static var grammar: (name: String, example: String, pattern: String?) {
    ("clock skew", "-5m", #"^-?([0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h|d))+$"#)
  }

  /// Reads a duration of a thousand years at most.
  public init?(optionText text: String) {
    let isBehind = text.hasPrefix("-")
    guard let duration = Duration(optionText: isBehind ? String(text.dropFirst()) : text),
      duration <= .seconds(31_536_000_000)
    else { return nil }
    offset = isBehind ? .zero - duration : duration
  }

  /// The duration in its normal form.
  public var optionText: String { offset.optionText }
}
