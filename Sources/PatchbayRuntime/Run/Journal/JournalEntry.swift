package import PatchbayCore

/// One thing that a journal holds.
///
/// A stage is named by its place in the plan, an event by the number that it got when it was emitted.
package enum JournalEntry: Sendable {
  /// The first: which run it is.
  case opened(JournalHead)
  /// The run was begun, or gone on with.
  case begun(attempt: Int, at: Timestamp)
  /// A source began to run.
  case started(source: Int, at: Timestamp)
  /// A source emitted events, which got the numbers from one on.
  case emitted(Emission)
  /// An injector is about to send events.
  case intended(injector: Int, [Int])
  /// An injector has judged events; their outcomes follow.
  case judged(injector: Int, [Int], ArchiveReader)
  /// A sink has written events.
  case written(sink: Int, [Int])

  /// What a source emitted at once.
  package struct Emission: Sendable {
    let source: Int
    let isRejected: Bool
    let first: Int
    let time: Timestamp
    /// The events, as they were archived.
    let events: ArchiveReader

    /// The events.
    ///
    /// - Throws: `ArchiveReader.Failure` if they aren't whole.
    package func batch(_ symbols: SymbolTable) throws(ArchiveReader.Failure) -> EventBatch {
      var batch = EventBatch(symbols: symbols)
      var reader = events
      try batch.append(archived: &reader)
      return batch
    }
  }

  /// How many events an entry can be about; nothing writes about nearly as many.
  private static let most = 1 << 20

  private enum Kind: UInt8 {
    case opened = 1
    case begun, started, emitted, intended, judged, written
  }

  // MARK: Writing

  static func opened(_ head: JournalHead, to bytes: inout [UInt8]) {
    frame(.opened, &bytes) { head.append(to: &$0) }
  }

  static func begun(attempt: Int, at time: Timestamp, to bytes: inout [UInt8]) {
    frame(.begun, &bytes) { writer in
      writer.append(UInt32(clamping: attempt))
      writer.append(time.nanoseconds)
    }
  }

  static func started(source: Int, at time: Timestamp, to bytes: inout [UInt8]) {
    frame(.started, &bytes) { writer in
      writer.append(UInt16(clamping: source))
      writer.append(time.nanoseconds)
    }
  }

  static func emitted(
    _ batch: EventBatch, from first: Int, by source: Int, isRejected: Bool, at time: Timestamp,
    to bytes: inout [UInt8]
  ) {
    frame(.emitted, &bytes) { writer in
      writer.append(UInt16(clamping: source))
      writer.append(UInt8(isRejected ? 1 : 0))
      writer.append(UInt64(first))
      writer.append(time.nanoseconds)
      batch.archive(to: &writer)
    }
  }

  static func intended(_ numbers: [Int], by injector: Int, to bytes: inout [UInt8]) {
    frame(.intended, &bytes) { append(numbers, of: injector, to: &$0) }
  }

  static func judged(
    _ numbers: [Int], _ batch: EventBatch, at positions: [Int], by injector: Int,
    to bytes: inout [UInt8]
  ) {
    frame(.judged, &bytes) { writer in
      append(numbers, of: injector, to: &writer)
      for position in positions { batch.archiveOutcome(of: position, to: &writer) }
    }
  }

  static func written(_ numbers: [Int], by sink: Int, to bytes: inout [UInt8]) {
    frame(.written, &bytes) { append(numbers, of: sink, to: &$0) }
  }

  private static func frame(
    _ kind: Kind, _ bytes: inout [UInt8], _ body: (inout ArchiveWriter) -> Void
  ) {
    Frame.append(to: &bytes) { writer in
      writer.append(kind.rawValue)
      body(&writer)
    }
  }

  /// Numbers as runs of such that follow each other.
  private static func append(
    _ numbers: [Int], of stage: Int, to writer: inout ArchiveWriter
  ) {
    var runs: [(first: Int, count: Int)] = []
    for number in numbers {
      if let last = runs.last, last.first + last.count == number {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((number, 1))
      }
    }
    writer.append(UInt16(clamping: stage))
    writer.append(UInt32(runs.count))
    for run in runs {
      writer.append(UInt64(run.first))
      writer.append(UInt32(run.count))
    }
  }

  // MARK: Reading

  /// Reads what a frame holds.
  ///
  /// - Throws: `ArchiveReader.Failure` if that is nothing that a journal holds.
  package init(_ content: ArraySlice<UInt8>) throws(ArchiveReader.Failure) {
    var reader = ArchiveReader(content)
    guard let kind = Kind(rawValue: try reader.number()) else { throw ArchiveReader.Failure() }
    switch kind {
    case .opened: self = .opened(try JournalHead(from: &reader))
    case .begun:
      self = .begun(
        attempt: Int(try reader.number(UInt32.self)),
        at: Timestamp(nanoseconds: try reader.number()))
    case .started:
      self = .started(
        source: Int(try reader.number(UInt16.self)),
        at: Timestamp(nanoseconds: try reader.number()))
    case .emitted:
      let source = Int(try reader.number(UInt16.self))
      let isRejected = try reader.number(UInt8.self) != 0
      let first = try Self.number(from: &reader)
      let time = Timestamp(nanoseconds: try reader.number())
      self = .emitted(
        Emission(source: source, isRejected: isRejected, first: first, time: time, events: reader))
    case .intended:
      let (stage, numbers) = try Self.numbers(from: &reader)
      self = .intended(injector: stage, numbers)
    case .judged:
      let (stage, numbers) = try Self.numbers(from: &reader)
      self = .judged(injector: stage, numbers, reader)
    case .written:
      let (stage, numbers) = try Self.numbers(from: &reader)
      self = .written(sink: stage, numbers)
    }
  }

  private static func number(
    from reader: inout ArchiveReader
  ) throws(ArchiveReader.Failure) -> Int {
    let number = try reader.number(UInt64.self)
    // More events than a run can have.
    guard number < 1 << 48 else { throw ArchiveReader.Failure() }
    return Int(number)
  }

  private static func numbers(
    from reader: inout ArchiveReader
  ) throws(ArchiveReader.Failure) -> (stage: Int, [Int]) {
    let stage = Int(try reader.number(UInt16.self))
    var numbers: [Int] = []
    for _ in 0..<(try reader.count()) {
      let first = try number(from: &reader)
      let count = Int(try reader.number(UInt32.self))
      guard numbers.count + count <= most else { throw ArchiveReader.Failure() }
      numbers += first..<first + count
    }
    return (stage, numbers)
  }
}
