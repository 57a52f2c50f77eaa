import PatchbayCore

/// Where spools lie: `<runs>/spool/<pipeline>/<sink>`, beside the runs, since they outlive them.
package enum SpoolFolder {
  /// The folder of all spools in the folder in which runs make theirs.
  private static let name = "spool"
  /// The longest name that is given to a folder, in bytes; file systems take 255.
  private static let longest = 200

  /// The folder of a sink's spool.
  package static func path(in directory: String, pipeline: String, sink: String) -> String {
    "\(directory)/\(name)/\(folderName(pipeline))/\(sink)"
  }

  /// A pipeline's name as that of a folder: what isn't a letter, a digit, `-` or `_` as `%` and two digits.
  static func folderName(_ pipeline: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in pipeline.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    if bytes.count > longest {
      let hash = String(KeyedRandom.key(pipeline.utf8), radix: 16)
      bytes = bytes.prefix(longest - 17) + Array("-\(hash)".utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
