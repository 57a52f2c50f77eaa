import Foundation

/// Base 64 as of RFC 4648 §4, of which each sequence of bytes has one text.
enum Base64 {
  /// The bytes of a text; nil if it isn't what they would be written as.
  static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    let text = String(text)
    guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else {
      return nil
    }
    return Array(data)
  }

  /// Bytes as text.
  static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
