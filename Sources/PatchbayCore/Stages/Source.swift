/// Brings events in: makes them, or reads them from somewhere.
public protocol Source: Stage {
  /// Whether records may leave by its `.rejected` port, because its input may be malformed.
  static var mayReject: Bool { get }

  /// Whether it emits the same events with the same ids, in the same order, whenever it is run with the
  /// same options and seed.
  ///
  /// When a run is gone on with that was interrupted, such a source begins anew, and what it had emitted
  /// is let go (`SourceOutlet.pastEvents`). Receipts for that say delivered. Of any other source, all
  /// that it emits is new.
  var repeatsItself: Bool { get }

  /// Whether it shows what the events of the pipeline's other sources bring about, so that it has nothing to
  /// wait for once those are done (`SourceOutlet.othersAreDone`); sources like it don't wait for each other.
  var watchesOthers: Bool { get }

  /// Emits all events, and returns when the input ends.
  ///
  /// Called once, on a task of its own. At shutdown the task is cancelled: let the
  /// `CancellationError` of a wait through, or return. What was emitted before is still delivered.
  ///
  /// - Throws: whatever makes the input unreadable; it fails the run after the rest has drained.
  mutating func run(emitting outlet: SourceOutlet) async throws

  /// Releases everything. Called once, after every event that it emitted is settled, also at an
  /// interrupted end and when another stage couldn't be opened; for sources that owe somebody an
  /// answer. When its task is cancelled, it returns or throws soon.
  ///
  /// - Throws: whatever kept it from ending well; it fails the run.
  mutating func close() async throws
}

extension Source {
  /// Does nothing.
  public mutating func close() async throws {}
  /// Yes.
  public static var mayReject: Bool { true }
  /// No.
  public var repeatsItself: Bool { false }
  /// No.
  public var watchesOthers: Bool { false }
}
