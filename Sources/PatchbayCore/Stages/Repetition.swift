/// What a source emitted by one of its outputs before its run was interrupted.
package struct PastOutput: Sendable, Equatable {
  /// How many events.
  package private(set) var count = 0
  /// What all their sequence ids, one after the other, come to.
  package private(set) var digest: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Makes one of an output that nothing has left by.
  package init() {}

  /// Takes note of an event.
  package mutating func add(_ sequenceID: some Sequence<UInt8>) {
    // FNV-1a, with an end for each id: it tells accidents, not attacks.
    for byte in sequenceID { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
    digest = (digest ^ 0x100) &* 0x100_0000_01B3
    count += 1
  }
}

/// What a source emitted before its run was interrupted.
package struct SourcePast: Sendable, Equatable {
  /// By its main output.
  package var main = PastOutput()
  /// By `.rejected`.
  package var rejected = PastOutput()
  /// When it began to run, on the run's clock.
  package var startedAt: Timestamp

  /// Makes one of a source that has emitted nothing.
  package init(startedAt: Timestamp) { self.startedAt = startedAt }
}

/// Follows a source that repeats itself until it has come to where it was interrupted.
struct Repetition: Sendable {
  private let past: SourcePast
  private var repeated: SourcePast

  init(_ past: SourcePast) {
    self.past = past
    repeated = SourcePast(startedAt: past.startedAt)
  }

  /// Whether anything is still to be repeated.
  var isUnderWay: Bool {
    repeated.main.count < past.main.count || repeated.rejected.count < past.rejected.count
  }

  /// How far it is, as the end of a sentence.
  var progress: String {
    "after \(repeated.main.count + repeated.rejected.count) of the "
      + "\(past.main.count + past.rejected.count) events that it had emitted before"
  }

  /// Takes an event of the main output; false if it wasn't emitted before.
  ///
  /// - Throws: `PipelineError` if the last one shows that others were emitted before.
  mutating func take(_ sequenceID: some Sequence<UInt8>) throws -> Bool {
    try take(sequenceID, \.main)
  }

  /// Takes a record of `.rejected`; false if it wasn't sent there before.
  ///
  /// - Throws: `PipelineError` if the last one shows that others were emitted before.
  mutating func take(rejected sequenceID: some Sequence<UInt8>) throws -> Bool {
    try take(sequenceID, \.rejected)
  }

  private mutating func take(
    _ sequenceID: some Sequence<UInt8>, _ output: WritableKeyPath<SourcePast, PastOutput>
  ) throws -> Bool {
    guard repeated[keyPath: output].count < past[keyPath: output].count else { return false }
    repeated[keyPath: output].add(sequenceID)
    if repeated[keyPath: output].count == past[keyPath: output].count,
      repeated[keyPath: output] != past[keyPath: output]
    {
      throw PipelineError(
        "emits other events than before the run was interrupted: its input has changed since; "
          + "go on with the one from then, or start a new run")
    }
    return true
  }
}
