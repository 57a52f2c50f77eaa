import PatchbayCore
import PatchbayJSON

/// Writes events member by member and byte by byte, as simply as can be: what the fast writer is held
/// against.
enum PlainWriter {
  static func text(of fields: EventFields, leavingOut name: String? = nil) -> [UInt8] {
    let members: [(String, String?)] = [
      ("sequence_id", fields.sequenceID), ("timestamp", fields.timestamp),
      ("interaction_id", fields.interactionID), ("agent_id", fields.agentID),
      ("state", fields.state), ("event_type", fields.eventType),
    ]
    var parts = members.compactMap { name, text in
      text.map { quoted(name) + Array(":".utf8) + quoted($0) }
    }
    if let text = fields.attributes {
      parts += attributes(of: Array(text.utf8)).filter { $0.name != name }.map(\.text)
    }
    return Array("{".utf8) + Array(parts.joined(separator: Array(",".utf8))) + Array("}".utf8)
  }

  /// The members of an object, each as it stands there.
  private static func attributes(of object: [UInt8]) -> [(name: String, text: [UInt8])] {
    var scanner = JSONScanner(object)
    var members: [(String, [UInt8])] = []
    scanner.skipWhitespace()
    scanner.advance()
    scanner.skipWhitespace()
    while scanner.peek != nil, !scanner.skip("}") {
      let start = scanner.offset
      guard let name = try? scanner.string() else { break }
      scanner.skipWhitespace()
      _ = scanner.skip(":")
      scanner.skipWhitespace()
      guard (try? scanner.skipValue(depth: 40)) != nil else { break }
      members.append((name, Array(object[start..<scanner.offset])))
      scanner.skipWhitespace()
      _ = scanner.skip(",")
      scanner.skipWhitespace()
    }
    return members
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [0x22]
    for byte in text.utf8 {
      switch byte {
      case 0x22: bytes += [0x5C, 0x22]
      case 0x5C: bytes += [0x5C, 0x5C]
      case 0x08: bytes += Array(#"\b"#.utf8)
      case 0x09: bytes += Array(#"\t"#.utf8)
      case 0x0A: bytes += Array(#"\n"#.utf8)
      case 0x0C: bytes += Array(#"\f"#.utf8)
      case 0x0D: bytes += Array(#"\r"#.utf8)
      case 0..<0x20:
        bytes +=
          Array((byte < 16 ? #"\u000"# : #"\u00"#).utf8) + Array(String(byte, radix: 16).utf8)
      default: bytes.append(byte)
      }
    }
    return bytes + [0x22]
  }
}
