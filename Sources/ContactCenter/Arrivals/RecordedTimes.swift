import PatchbayCore
import PatchbayJSON

/// Reads the times of a file, at which interactions begin.
enum RecordedTimes {
  private static let longestLine = 1 << 20
  private static let chunk = 1 << 18

  /// Reads them, and how far from the first each is, at the speed and with the gaps that are wanted.
  ///
  /// - Throws: `UnreadableInput` with the path and the system's reason, or with the line that has no time.
  static func read(_ recorded: RecordedArrivals) async throws -> ArrivalTimes {
    let file = try await InputFile.open(recorded.path)
    var splitter = LineSplitter(longest: longestLine)
    var times: [Int64] = []
    var isAtEnd = false
    while !isAtEnd {
      let chunk = try await file.read(upTo: Self.chunk)
      isAtEnd = chunk.isEmpty
      let last = isAtEnd ? [splitter.finish()].compactMap(\.self) : []
      for line in splitter.lines(in: chunk) + last {
        guard let bytes = line.bytes else {
          throw UnreadableInput(
            "\(recorded.path):\(line.number): the line is longer than \(longestLine) bytes")
        }
        let text = String(decoding: bytes, as: UTF8.self).trimmed
        if text.isEmpty { continue }
        guard let time = time(of: text) else {
          throw UnreadableInput(
            "\(recorded.path):\(line.number): expected a time (RFC 3339) or a JSON object with a "
              + "`timestamp`, found \(String(text.prefix(60)).debugDescription)")
        }
        times.append(time.nanoseconds)
      }
    }
    // What was written down by several at once is rarely in order.
    times.sort()
    var keeper = PaceKeeper(recorded.pace, start: Timestamp(nanoseconds: 0))
    return ArrivalTimes(times.map { keeper.due(Timestamp(nanoseconds: $0)).nanoseconds })
  }

  private static func time(of text: String) -> Timestamp? {
    guard text.hasPrefix("{") else { return Timestamp(text) }
    return (try? JSONValue(parsing: text))?["timestamp"]?.string.flatMap { Timestamp($0) }
  }
}

extension String {
  /// Without white space at its ends.
  fileprivate var trimmed: String {
    var text = self[...].drop(while: \.isWhitespace)
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }
}
