import PatchbayCore

/// Spoils texts in ways that readers of JSON react to.
enum Mutation {
  /// Changes a few bytes: flips, deletes, doubles, and puts in what JSON reacts to.
  static func mutate(_ bytes: [UInt8], using random: inout KeyedRandom) -> [UInt8] {
    let spice = [
      "{", "}", "[", "]", "\"", ":", ",", "null", "-1", "1e999", "9223372036854775808", "\\u0000",
      "${", "${X}", "${X:-}", "\u{0}", "é", "\u{FEFF}", "true", "0.5", "\"type\"", "\"inputs\"",
      "x.rejected", "\"template\": \"t\"", "\"include\": \"x\"", "\"profiles\"", "-0", "1e-400",
      "\\ud800",
    ]
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: place)
      case 2:
        let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
        bytes.insert(
          contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
      case 3:
        let end = min(bytes.count, place + Int.random(in: 1...80, using: &random))
        bytes.removeSubrange(place..<end)
      default:
        bytes.insert(contentsOf: (spice.randomElement(using: &random) ?? "").utf8, at: place)
      }
    }
    return bytes
  }
}
