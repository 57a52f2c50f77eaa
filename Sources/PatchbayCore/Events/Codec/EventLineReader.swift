import PatchbayJSON

/// Reads events from lines of JSON; a line that can't become an event becomes a record that says why.
package struct EventLineReader: Sendable {
  private let name: String
  private let input: InputNumber
  private let longest: ByteCount
  private var events = EventReader()
  /// Reads lines of somebody else's shape; nil if they are ours.
  private var shape: (any EventShapeReader)?

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - name: where the lines come from, as reasons say it: `events.jsonl`.
  ///   - longest: the longest line that is read.
  ///   - symbols: the table of the run, which learns the name.
  ///   - shape: reads the events in the lines, if they aren't in our shape.
  package init(
    name: String, longest: ByteCount, symbols: SymbolTable, shape: (any EventShapeReader)? = nil
  ) {
    self.name = name
    self.shape = shape
    input = symbols.input(named: name)
    self.longest = longest
  }

  /// Members of a shape of which no line had anything so far.
  package var unseen: [String] { shape?.unseen ?? [] }

  /// Whether a line has nothing in it.
  package static func isBlank(_ line: LineSplitter.Line) -> Bool {
    line.bytes?.allSatisfy { $0 == 0x20 || $0 == 0x09 } ?? false
  }

  /// Appends a line's event to a batch.
  ///
  /// - Parameter intended: when it should be sent, on the run's clock.
  /// - Throws: `MalformedLine` if the line is no event; the batch is as it was then.
  package mutating func append(
    _ line: LineSplitter.Line, to batch: inout EventBatch, intended: Timestamp
  ) throws(MalformedLine) {
    guard let bytes = line.bytes else {
      let place = EventPlace(name, line: line.number)
      throw MalformedLine(place, "\(place): is longer than \(longest.optionText)")
    }
    do {
      if shape != nil {
        try shape?.append(bytes, number: line.number, to: &batch, intended: intended)
      } else {
        try events.append(bytes, to: &batch, intended: intended)
        try checkIsOurs(&batch)
      }
      batch.setPlace(of: batch.count - 1, input: input, line: line.number)
    } catch {
      let place = EventPlace(name, line: line.number)
      throw MalformedLine(place, "\(place):\(error.column): \(error.message)")
    }
  }
}

extension EventLineReader {
  /// Takes an object away that has none of an event's members: it is somebody else's.
  private func checkIsOurs(_ batch: inout EventBatch) throws(EventCodec.Failure) {
    let event = batch[batch.count - 1]
    let isOthers = EventMember.allCases.allSatisfy { !event.has($0) }
    if !isOthers { return }
    let attributes = try? JSONValue(parsing: Array(batch.bytes(event.attributes)))
    batch.removeLast()
    let names = (attributes?.object ?? []).prefix(6).map { OutsideText.shown($0.name, longest: 40) }
    let found = names.isEmpty ? "no members" : names.map(\.quoted).joined(separator: ", ")
    throw EventCodec.Failure(
      column: 1,
      message:
        "has none of an event's members (\(EventMember.allCases.map(\.rawValue).joined(separator: ", "))); "
        + "it has \(found); if that is how these events look, say so by a connection of type \"mapping\""
    )
  }
}

/// A line that can't become an event.
package struct MalformedLine: Error, Sendable, Equatable {
  private let place: EventPlace
  /// Where it stands, and what is wrong with it.
  package let reason: String

  init(_ place: EventPlace, _ reason: String) {
    self.place = place
    self.reason = reason
  }

  /// Sends the line's record to the port of a source that bad records leave by.
  package func reject(to outlet: SourceOutlet) async throws {
    try await outlet.reject(
      EventFields(sequenceID: "line-\(place.line)"), code: "line.malformed", reason: reason,
      place: place)
  }
}
