/// A request as it was on the wire.
struct ReceivedRequest: Sendable {
  /// Request line and header lines, without line ends.
  var lines: [String]
  var body: [UInt8]

  var line: String { lines.first ?? "" }
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The values of a header, in order.
  func values(_ name: String) -> [String] {
    lines.dropFirst().compactMap { line in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { return nil }
      return String(parts[1].drop { $0 == " " })
    }
  }
}
