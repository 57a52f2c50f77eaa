/// How much of its work an injector takes at once.
public struct InjectorCapacity: Sendable, Equatable {
  /// The most calls of `inject` at the same time; at least 1.
  public var calls: Int
  /// The most events in one call; at least 1.
  public var eventsPerCall: Int
  /// How long, on the run's clock, an event may wait for others to fill a call with.
  public var linger: Duration

  /// Makes a capacity; counts below 1 count as 1, and a linger below zero as zero.
  public init(calls: Int, eventsPerCall: Int, linger: Duration = .zero) {
    self.calls = max(1, calls)
    self.eventsPerCall = max(1, eventsPerCall)
    self.linger = max(.zero, linger)
  }
}

/// Sends events to a target and learns what became of each.
public protocol Injector: Stage {
  /// How much it takes at once. Asked once, after `open`.
  var capacity: InjectorCapacity { get }

  /// Sends a batch and judges every event in it by `EventBatch.judge`: accepted, failed or unknown.
  ///
  /// Called from many tasks at once, but never with two events of one agent or interaction in
  /// different calls: what shares either arrives in order. Events within a call keep their order.
  /// When the task is cancelled, judge what is left and return soon; an event without a verdict
  /// fails the run in the stage's name.
  func inject(_ batch: inout EventBatch) async

  /// Takes note of events that were sent before the run was interrupted, with what became of them; for
  /// injectors that know where agents or interactions stand.
  ///
  /// Called in a run that is gone on with, in the same order as `inject` would be.
  func recall(_ batch: borrowing EventBatch) async

  /// Releases what `open` made. Called once, also after a failure.
  mutating func close() async
}

extension Injector {
  /// Does nothing.
  public func recall(_ batch: borrowing EventBatch) async {}
  /// Does nothing.
  public mutating func close() async {}
}
