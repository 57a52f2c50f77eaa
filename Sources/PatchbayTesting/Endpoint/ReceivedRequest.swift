/// A request as it was on the wire.
public struct ReceivedRequest: Sendable {
  /// Request line and header lines, without line ends.
  public var lines: [String]
  /// The body, as long as the head says.
  public var body: [UInt8]

  /// The request line, such as `POST /events HTTP/1.1`.
  public var line: String { lines.first ?? "" }
  /// The body as UTF-8.
  public var text: String { String(decoding: body, as: UTF8.self) }

  /// The values of a header, in order; its name in any case.
  public func values(_ name: String) -> [String] {
    lines.dropFirst().compactMap { line in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { return nil }
      return String(parts[1].drop { $0 == " " })
    }
  }
}
