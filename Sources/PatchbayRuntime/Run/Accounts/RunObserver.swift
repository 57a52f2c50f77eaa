public import PatchbayCore

/// Watches a run from inside: what stages did with events, and what they knew at the end.
///
/// Called on the run's tasks, several at a time; must not block. Each method has a default that does
/// nothing.
public protocol RunObserver: Sendable {
  /// A connection is open, and serves if it is one that does.
  func connection(_ name: String, opened connection: any Connection)
  /// A stage has turned events away, or its target didn't take them: they leave by a port that isn't
  /// the main one, each with its outcome.
  func stage(_ name: String, sent batch: EventBatch, to port: PortName)
  /// A batch leaves a stage by a port, with what has become of it so far.
  ///
  /// Called for every batch: it must cost next to nothing while nobody looks.
  func stage(_ name: String, passed batch: EventBatch, by port: PortName)
  /// An injector has judged a batch.
  func injector(_ name: String, judged batch: EventBatch)
  /// A sink was given a batch and wrote these positions of it.
  func sink(_ name: String, wrote positions: [Int], of batch: EventBatch)
  /// A stage has seen its last event.
  func stage(_ name: String, ended stage: any Stage)
}

extension RunObserver {
  /// Does nothing.
  public func connection(_ name: String, opened connection: any Connection) {}
  /// Does nothing.
  public func stage(_ name: String, sent batch: EventBatch, to port: PortName) {}
  /// Does nothing.
  public func stage(_ name: String, passed batch: EventBatch, by port: PortName) {}
  /// Does nothing.
  public func injector(_ name: String, judged batch: EventBatch) {}
  /// Does nothing.
  public func sink(_ name: String, wrote positions: [Int], of batch: EventBatch) {}
  /// Does nothing.
  public func stage(_ name: String, ended stage: any Stage) {}
}
