import HTTPTransport
import PatchbayCore
import PatchbayJSON

/// An event in the CNCF's envelope, with JSON as its data.
struct CloudEvent: Sendable {
  /// What every receiver must take (CloudEvents 1.0.2, "Size limits").
  private static let largest = 64 << 10

  let id: String
  let source: String
  let type: String
  let subject: String
  let time: Timestamp?
  /// JSON.
  let data: [UInt8]

  private var attributes: [(String, String)] {
    var attributes = [("id", id), ("source", source), ("specversion", "1.0"), ("type", type)]
    if !subject.isEmpty { attributes.append(("subject", subject)) }
    if let time { attributes.append(("time", time.description)) }
    return attributes
  }

  /// It as one JSON object.
  var structured: [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "{")]
    for (name, value) in attributes + [("datacontenttype", "application/json")] {
      JSONWriter.append(name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      JSONWriter.append(value, to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    return bytes + Array(#""data":"#.utf8) + data + [UInt8(ascii: "}")]
  }

  /// Its context as header fields; the type of its data is Content-Type alone.
  var headers: HTTPHeaders {
    var headers: HTTPHeaders = ["Content-Type": "application/json"]
    for (name, value) in attributes {
      headers.append("ce-\(name)", Self.percentEncoded(KnownSecrets.masked(value)))
    }
    return headers
  }

  var isTooLarge: Bool { structured.count > Self.largest }

  /// A value as a header field has it: blanks, quotes, percent signs and what isn't printable ASCII stand as the bytes
  /// of their UTF-8.
  ///
  /// - Parameter keeping: nothing else; a name that becomes a part of a URI reference has more to hide.
  static func percentEncoded(_ text: String, keeping uriParts: String? = nil) -> String {
    var result = ""
    for byte in text.utf8 {
      let isPlain = (0x21...0x7E).contains(byte) && byte != 0x22 && byte != 0x25
      let isUnreserved =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-._~".utf8.contains(byte) || (uriParts ?? "").utf8.contains(byte)
      if uriParts == nil ? isPlain : isUnreserved {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += byte < 16 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}
