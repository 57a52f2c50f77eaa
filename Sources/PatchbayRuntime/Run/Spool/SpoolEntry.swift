package import PatchbayCore

/// What one frame of a spool's segment holds.
package enum SpoolEntry: Sendable {
  /// The first: for a sink of which type.
  case opened(type: String)
  /// Events that were kept at once.
  case kept(Events)
  /// The last, if the run that wrote the segment came to an orderly end.
  case closed
  /// What stood here was damaged and has been set aside.
  case hole

  /// Events that were kept at once.
  package struct Events: Sendable {
    /// The run that emitted them.
    package let run: UUIDBits
    /// When, in real time.
    package let time: Timestamp
    /// How many.
    package let count: Int
    private let archived: ArchiveReader

    init(_ reader: inout ArchiveReader) throws(ArchiveReader.Failure) {
      run = UUIDBits(high: try reader.number(), low: try reader.number())
      time = Timestamp(nanoseconds: try reader.number())
      archived = reader
      count = try reader.count()
    }

    /// The events.
    ///
    /// - Throws: `ArchiveReader.Failure` if they aren't whole.
    package func batch(_ symbols: SymbolTable) throws(ArchiveReader.Failure) -> EventBatch {
      var batch = EventBatch(symbols: symbols)
      var reader = archived
      try batch.append(archived: &reader)
      guard reader.isAtEnd else { throw ArchiveReader.Failure() }
      return batch
    }
  }

  private enum Kind: UInt8 {
    case opened = 1
    case kept, closed, hole
  }

  /// Reads what a frame holds.
  ///
  /// - Throws: `ArchiveReader.Failure` if it is none of a segment.
  package init(_ bytes: ArraySlice<UInt8>) throws(ArchiveReader.Failure) {
    var reader = ArchiveReader(bytes)
    switch Kind(rawValue: try reader.number()) {
    case .opened: self = .opened(type: try reader.text())
    case .kept: self = .kept(try Events(&reader))
    case .closed: self = .closed
    case .hole: self = .hole
    case nil: throw ArchiveReader.Failure()
    }
  }

  static func opened(type: String, to bytes: inout [UInt8]) {
    frame(.opened, &bytes) { $0.append(text: type) }
  }

  package static func kept(
    _ batch: EventBatch, of run: UUIDBits, at time: Timestamp, to bytes: inout [UInt8]
  ) {
    frame(.kept, &bytes) { writer in
      writer.append(run.high)
      writer.append(run.low)
      writer.append(time.nanoseconds)
      batch.archive(to: &writer)
    }
  }

  static func closed(to bytes: inout [UInt8]) { frame(.closed, &bytes) { _ in } }

  /// Writes a frame that takes the place of so many damaged bytes.
  static func hole(of length: Int, to bytes: inout [UInt8]) {
    frame(.hole, &bytes) { writer in
      for _ in 0..<length - Frame.header - 1 { writer.append(UInt8(0)) }
    }
  }

  private static func frame(
    _ kind: Kind, _ bytes: inout [UInt8], _ body: (inout ArchiveWriter) -> Void
  ) {
    Frame.append(to: &bytes) { writer in
      writer.append(kind.rawValue)
      body(&writer)
    }
  }
}
