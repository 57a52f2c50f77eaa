/// Text that somebody else made, such as a server or a child, as messages and records may show it.
///
/// It stays on its line, drives no terminal, holds no secret that is known, and isn't long.
public enum OutsideText {
  /// A text.
  ///
  /// - Parameters:
  ///   - text: what somebody else said.
  ///   - longest: how many bytes of it are shown.
  public static func shown(_ text: String, longest: Int = 300) -> String {
    shown(Array(text.utf8), longest: longest)
  }

  /// Bytes that are meant to be UTF-8; what isn't is shown as U+FFFD.
  ///
  /// - Parameters:
  ///   - bytes: what somebody else sent.
  ///   - longest: how many of them are shown.
  public static func shown(_ bytes: [UInt8], longest: Int = 300) -> String {
    // Masked as a whole, so that no secret is cut before it is found.
    let masked = KnownSecrets.masked(bytes)
    let isCut = masked.count > longest
    var text = String(decoding: masked.prefix(longest), as: UTF8.self)
    // The rest of a character that was cut.
    if isCut, text.unicodeScalars.last == "\u{FFFD}" { text.unicodeScalars.removeLast() }
    return text.visible + (isCut ? "..." : "")
  }
}
