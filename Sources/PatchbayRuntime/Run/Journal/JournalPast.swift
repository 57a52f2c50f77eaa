import PatchbayCore

/// What a journal tells of a run that was interrupted.
package struct JournalPast: Sendable {
  /// Where an outcome stands: in which frame, and as which of its outcomes.
  struct Place: Sendable {
    let offset: Int
    let position: Int
  }

  /// What is known of a stage.
  fileprivate struct StagePast: Sendable {
    /// Where the outcomes of events stand, by their numbers; 0 for none.
    var outcomes: [UInt64] = []
    var intended = NumberSet()
    var written = NumberSet()
    var source: SourcePast?
  }

  fileprivate static let positionBits: UInt64 = 20

  let head: JournalHead
  private let file: FrameFile
  /// How many events were emitted.
  package private(set) var count = 0
  /// How often the run was started.
  private(set) var attempts = 1
  /// The last time that is known, on the run's clock.
  private(set) var lastTime: Timestamp
  /// Where its last whole entry ends.
  package private(set) var length = 0
  private var stages: [StagePast]

  /// Reads a journal; it blocks.
  ///
  /// - Throws: `UnreadableInput` with the path, if it can't be read, or is none.
  package init(_ path: String) throws {
    file = try FrameFile(path, named: Journal.formatName)
    var reader = try file.reader()
    guard let first = try reader.next(),
      case .opened(let head)? = try? JournalEntry(first.content)
    else { throw UnreadableInput("\(path): doesn't say which run it belongs to") }
    self.head = head
    lastTime = head.startedAt
    stages = Array(repeating: StagePast(), count: head.stages.count)
    // Its symbols are nobody else's: a run makes its own.
    let symbols = SymbolTable()
    while let frame = try reader.next() {
      do {
        try take(JournalEntry(frame.content), at: frame.offset, symbols)
      } catch {
        throw UnreadableInput("\(path): can't make sense of the entry at byte \(frame.offset)")
      }
    }
    length = reader.offset
  }

  private mutating func take(
    _ entry: JournalEntry, at offset: Int, _ symbols: SymbolTable
  ) throws(ArchiveReader.Failure) {
    switch entry {
    case .opened: throw ArchiveReader.Failure()
    case .begun(let attempt, let time):
      attempts = attempt
      lastTime = max(lastTime, time)
    case .started(let source, let time):
      try change(source) { $0.source = $0.source ?? SourcePast(startedAt: time) }
    case .emitted(let emission):
      let batch = try emission.batch(symbols)
      guard emission.first == count else { throw ArchiveReader.Failure() }
      count += batch.count
      lastTime = max(lastTime, emission.time)
      try change(emission.source) { stage in
        var past = stage.source ?? SourcePast(startedAt: emission.time)
        for index in batch.indices {
          let id = batch.bytes(batch[index].sequence)
          if emission.isRejected { past.rejected.add(id) } else { past.main.add(id) }
        }
        stage.source = past
      }
    case .intended(let injector, let numbers):
      try change(injector) { stage in for number in numbers { stage.intended.insert(number) } }
    case .judged(let injector, let numbers, _):
      guard numbers.count < 1 << Self.positionBits, numbers.allSatisfy({ $0 < count }) else {
        throw ArchiveReader.Failure()
      }
      try change(injector) { $0.note(numbers, at: offset) }
    case .written(let sink, let numbers):
      try change(sink) { stage in for number in numbers { stage.written.insert(number) } }
    }
  }

  private mutating func change(
    _ stage: Int, _ body: (inout StagePast) -> Void
  ) throws(ArchiveReader.Failure) {
    guard stages.indices.contains(stage) else { throw ArchiveReader.Failure() }
    body(&stages[stage])
  }

  // MARK: Asking

  /// Reads it once more from the start.
  ///
  /// - Throws: `UnreadableInput` if it can't be read any more.
  func reader() throws -> FrameReader { try file.reader() }

  /// What a source had emitted; nil if it hadn't begun.
  func source(_ stage: Int) -> SourcePast? { stages[stage].source }

  /// Whether an event was emitted before the interruption.
  func has(_ number: Int) -> Bool { number < count }

  /// Whether a sink had written an event.
  func wasWritten(_ number: Int, by sink: Int) -> Bool { stages[sink].written.contains(number) }

  /// Whether an injector had been about to send an event.
  func wasIntended(_ number: Int, by injector: Int) -> Bool {
    stages[injector].intended.contains(number)
  }

  /// How many events injectors had been about to send, or had sent, without a verdict on record.
  var openIntents: Int {
    stages.reduce(0) { sum, stage in
      sum
        + (0..<count).count { number in
          stage.intended.contains(number)
            && !(number < stage.outcomes.count && stage.outcomes[number] > 0)
        }
    }
  }

  /// Where it stands how an injector judged an event; nil if that isn't known.
  func outcome(of number: Int, by injector: Int) -> Place? {
    let outcomes = stages[injector].outcomes
    guard number < outcomes.count, outcomes[number] > 0 else { return nil }
    let packed = outcomes[number]
    return Place(
      offset: Int(packed >> Self.positionBits),
      position: Int(packed & (1 << Self.positionBits - 1)))
  }

  /// Judges events as they were judged before; it reads the journal, and blocks.
  ///
  /// - Parameter places: where each event's outcome stands.
  /// - Throws: `UnreadableInput` if it can't be read any more.
  func judge(_ batch: inout EventBatch, by places: [(index: Int, Place)]) throws {
    var rest = places[...]
    while let offset = rest.first?.1.offset {
      let group = rest.prefix { $0.1.offset == offset }
      rest = rest.dropFirst(group.count)
      try judge(&batch, group, offset)
    }
  }

  private func judge(
    _ batch: inout EventBatch, _ group: ArraySlice<(index: Int, Place)>, _ offset: Int
  ) throws {
    do {
      guard case .judged(_, let numbers, var reader) = try JournalEntry(file.content(at: offset))
      else { throw ArchiveReader.Failure() }
      let wanted = Dictionary(
        group.map { ($0.1.position, $0.index) }, uniquingKeysWith: { first, _ in first })
      for position in numbers.indices {
        if let index = wanted[position] {
          try batch.judge(index, archived: &reader)
        } else {
          try EventBatch.skipOutcome(archived: &reader)
        }
      }
    } catch is ArchiveReader.Failure {
      throw UnreadableInput("the journal has changed at byte \(offset)")
    }
  }
}

extension JournalPast.StagePast {
  fileprivate mutating func note(_ numbers: [Int], at offset: Int) {
    let most = numbers.max() ?? 0
    if most >= outcomes.count {
      outcomes += repeatElement(0, count: most + 1 - outcomes.count)
    }
    for (position, number) in numbers.enumerated() {
      outcomes[number] = UInt64(offset) << JournalPast.positionBits | UInt64(position)
    }
  }
}
