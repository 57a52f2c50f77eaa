/// Reads events from lines of JSON; a line that can't become an event becomes a record that says why.
package struct EventLineReader: Sendable {
  private let name: String
  private let longest: ByteCount

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - name: where the lines come from, as reasons say it: `events.jsonl`.
  ///   - longest: the longest line that is read.
  package init(name: String, longest: ByteCount) {
    self.name = name
    self.longest = longest
  }

  /// Whether a line has nothing in it.
  package static func isBlank(_ line: LineSplitter.Line) -> Bool {
    line.bytes?.allSatisfy { $0 == 0x20 || $0 == 0x09 } ?? false
  }

  /// Appends a line's event to a batch.
  ///
  /// - Parameter intended: when it should be sent, on the run's clock.
  /// - Throws: `MalformedLine` if the line is no event; the batch is as it was then.
  package func append(
    _ line: LineSplitter.Line, to batch: inout EventBatch, intended: Timestamp
  ) throws(MalformedLine) {
    guard let bytes = line.bytes else {
      throw MalformedLine(
        number: line.number, "\(name):\(line.number): is longer than \(longest.optionText)")
    }
    do {
      try EventCodec.append(bytes, in: bytes.indices, to: &batch, intended: intended)
    } catch {
      throw MalformedLine(
        number: line.number, "\(name):\(line.number):\(error.column): \(error.message)")
    }
  }
}

/// A line that can't become an event.
package struct MalformedLine: Error, Sendable, Equatable {
  private let number: Int
  /// Where it stands, and what is wrong with it.
  package let reason: String

  init(number: Int, _ reason: String) {
    self.number = number
    self.reason = reason
  }

  /// Sends the line's record to the port of a source that bad records leave by.
  package func reject(to outlet: SourceOutlet) async throws {
    try await outlet.reject(
      EventFields(sequenceID: "line-\(number)"), code: "line.malformed", reason: reason)
  }
}
