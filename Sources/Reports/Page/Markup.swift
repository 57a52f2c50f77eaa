import PatchbayCore

/// A piece of HTML or SVG: what is written in the program is taken as it is, and every text that is put into it is
/// escaped, so that nothing from outside becomes markup; secrets that are known are masked before.
///
/// ```swift
/// let row: Markup = "<td title=\"\(reason)\">\(name)</td>"
/// ```
struct Markup: Sendable, ExpressibleByStringInterpolation {
  /// The markup.
  private(set) var text: String

  init(stringLiteral value: String) { text = value }

  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  static func + (one: Markup, other: Markup) -> Markup {
    var sum = one
    sum += other
    return sum
  }

  static func += (one: inout Markup, other: Markup) { one.text += other.text }

  /// Markup that a file of the program holds.
  init(trusted bytes: [UInt8]) { text = String(decoding: bytes, as: UTF8.self) }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ literal: String) { text += literal }

    mutating func appendInterpolation(_ string: String) {
      text += KnownSecrets.masked(string).escapedForMarkup
    }

    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

    mutating func appendInterpolation(_ number: Int) { text += String(number) }

    /// A coordinate, to a tenth.
    mutating func appendInterpolation(_ number: Double) {
      let tenths = (number * 10).rounded() / 10
      text += tenths == tenths.rounded() ? String(Int(tenths)) : "\(tenths)"
    }

    /// Pieces, one behind the other.
    mutating func appendInterpolation(_ pieces: [Markup]) {
      for piece in pieces { text += piece.text }
    }
  }
}

extension String {
  /// The text with what HTML and XML react to escaped, and what they can't hold replaced.
  fileprivate var escapedForMarkup: String {
    var result = ""
    result.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t", "\u{20}"..."\u{7E}", "\u{A0}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}",
        "\u{10000}"..."\u{10FFFF}":
        // Marks that turn the direction of writing could make a page say something else.
        let turns = ("\u{202A}"..."\u{202E}") ~= scalar || ("\u{2066}"..."\u{2069}") ~= scalar
        result.unicodeScalars.append(turns ? "\u{FFFD}" : scalar)
      default: result += "\u{FFFD}"
      }
    }
    return result
  }
}
