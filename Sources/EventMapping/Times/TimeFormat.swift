import PatchbayCore

/// How times are written.
package enum TimeFormat: OptionText, Equatable {
  /// A date and a time as ISO 8601 has them, with `T` or a blank between, an hour of one digit or two, and with
  /// or without seconds, decimals and an offset.
  case iso
  /// Seconds since 1970, with or without decimals.
  case epochSeconds
  case epochMilliseconds
  case epochMicroseconds
  /// As a pattern says.
  case pattern(String)

  package static var grammar: (name: String, example: String, pattern: String?) {
    ("time format", "M/d/yyyy h:mm:ss a", nil)
  }

  package init?(optionText text: String) {
    switch text {
    case "iso": self = .iso
    case "epoch-s": self = .epochSeconds
    case "epoch-ms": self = .epochMilliseconds
    case "epoch-us": self = .epochMicroseconds
    default:
      guard TimePattern(text)?.hasDate ?? false else { return nil }
      self = .pattern(text)
    }
  }

  package static func problem(with optionText: String) -> String? {
    let letters = optionText.filter { $0.isLetter && $0.isASCII }
    if letters.contains("Y") || letters.contains("D") {
      return "has Y or D: years are yyyy, days d or dd"
    }
    if letters.contains("h") != letters.contains("a") {
      return
        "has h or a without the other: hours of a whole day are H or HH, those of half a day h with a"
    }
    if !letters.contains("d"), !letters.contains("M"), !letters.contains("y") {
      return "has no date"
    }
    let known = "yMdHhmsSEaXZ"
    return letters.first { !known.contains($0) }.map {
      "has \(String($0).quoted), which means nothing here; text stands in single quotes"
    }
  }

  package var optionText: String {
    switch self {
    case .iso: "iso"
    case .epochSeconds: "epoch-s"
    case .epochMilliseconds: "epoch-ms"
    case .epochMicroseconds: "epoch-us"
    case .pattern(let pattern): pattern
    }
  }
}
