import PatchbayCore

/// Puts the lines of one start of a source's program together to what they say.
struct UtteranceReader: LineReader {
  private let dialogue: EventDialogue
  private var reader: EventLineReader
  private let clock: any PipelineClock
  private let symbols: SymbolTable
  /// The batch whose lines are coming, and how many are still missing.
  private var batch: (said: Utterance, missing: Int)?
  /// Whether it has said that nothing more comes.
  private var hasEnded = false

  init(_ dialogue: EventDialogue, _ reader: EventLineReader, in context: StageContext) {
    self.dialogue = dialogue
    self.reader = reader
    clock = context.clock
    symbols = context.symbols
  }

  mutating func take(
    _ lines: ArraySlice<LineSplitter.Line>
  ) async throws(ProtocolViolation) {
    guard dialogue.isListening else { return }
    var said: [Utterance] = []
    var violation: ProtocolViolation?
    for line in lines where !EventLineReader.isBlank(line) && violation == nil {
      do throws(ProtocolViolation) {
        try take(line, &said)
      } catch {
        violation = error
      }
    }
    try await dialogue.hear(said, isLast: hasEnded)
    if let violation { throw violation }
  }

  private mutating func take(
    _ line: LineSplitter.Line, _ said: inout [Utterance]
  ) throws(ProtocolViolation) {
    if var (batch, missing) = batch {
      self.batch = nil
      append(line, to: &batch)
      missing -= 1
      if missing == 0 { said.append(batch) } else { self.batch = (batch, missing) }
      return
    }
    if hasEnded { throw ProtocolViolation("wrote more after {\"end\":true}") }
    let kind: SourceLine =
      if let bytes = line.bytes { try SourceLine(Array(bytes)) } else { .event }
    switch kind {
    case .head(let number, let count): batch = (Utterance(number: number), count)
    case .end: hasEnded = true
    case .event:
      let isLoose = !said.isEmpty && said.last?.number == nil
      var loose = isLoose ? said.removeLast() : Utterance(number: nil)
      append(line, to: &loose)
      said.append(loose)
    }
  }

  private mutating func append(_ line: LineSplitter.Line, to utterance: inout Utterance) {
    utterance.append(line, &reader, symbols: symbols, intended: clock.now)
  }

  func complaint(about rest: LineSplitter.Line?) -> String? {
    guard dialogue.isListening else { return nil }
    if let batch {
      return "ended its output in batch \(batch.said.number ?? 0), "
        + "before the last \(batch.missing) of its events"
    }
    return rest == nil ? nil : "ended its output in the middle of a line"
  }
}
