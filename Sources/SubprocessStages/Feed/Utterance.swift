import PatchbayCore

/// Something that the program of a source has said: some events, or a batch that it wants to be told of.
struct Utterance: Sendable {
  /// A part of it.
  enum Part: Sendable {
    case events(EventBatch)
    case malformed(MalformedLine)
  }

  /// The batch's number; nil if nobody asks what becomes of the events.
  let number: Int?
  /// In the order of the lines.
  private(set) var parts: [Part] = []
  /// How many lines it is made of, without its head.
  private(set) var count = 0
  /// Which start of the program said it.
  var start = 0

  init(number: Int?) { self.number = number }

  /// How many of its lines couldn't become events.
  var malformed: Int {
    parts.count { if case .malformed = $0 { true } else { false } }
  }

  /// Appends a line's event, or the record of one that is none.
  mutating func append(
    _ line: LineSplitter.Line, _ reader: inout EventLineReader, symbols: SymbolTable,
    intended: Timestamp
  ) {
    count += 1
    var batch = takeLastEvents() ?? EventBatch(symbols: symbols)
    do throws(MalformedLine) {
      try reader.append(line, to: &batch, intended: intended)
      parts.append(.events(batch))
    } catch {
      if !batch.isEmpty { parts.append(.events(batch)) }
      parts.append(.malformed(error))
    }
  }

  /// The events that others may follow, taken out so that they aren't copied when they grow.
  private mutating func takeLastEvents() -> EventBatch? {
    guard case .events(let batch)? = parts.last else { return nil }
    parts.removeLast()
    return batch
  }
}
