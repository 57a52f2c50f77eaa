/// What a validator says of an event.
public enum Verdict: Sendable, Equatable {
  /// It may go on.
  case accept
  /// It goes to the `.rejected` port, with a short code and a sentence that a user can act on.
  case reject(code: String, reason: String)
}

/// Judges events by themselves or by what came before; rejected ones leave by `.rejected`.
public protocol Validator: Stage {
  /// Judges one event. Called in order, on one task at a time; must not block.
  mutating func validate(_ event: Event, of batch: EventBatch) -> Verdict

  /// Judges a batch by `EventBatch.reject`. The default asks for each event; write your own only
  /// if a measurement says so.
  mutating func validate(_ batch: inout EventBatch)
}

extension Validator {
  /// Asks for each event.
  public mutating func validate(_ batch: inout EventBatch) {
    for index in batch.indices {
      if case .reject(let code, let reason) = validate(batch[index], of: batch) {
        batch.reject(index, code: code, reason: reason)
      }
    }
  }
}

/// Judges batches with waiting: a subprocess, a remote service.
public protocol AsyncValidator: Stage {
  /// Judges a batch by `EventBatch.reject`. Called in order, one batch at a time.
  ///
  /// - Throws: whatever keeps it from judging; the events count as failed, and so does the stage.
  mutating func validate(_ batch: inout EventBatch) async throws

  /// Releases what `open` made. Called once, after its last event, also after a failure. When its
  /// task is cancelled, it returns or throws soon.
  ///
  /// - Throws: whatever kept it from ending well; it fails the run.
  mutating func close() async throws
}

extension AsyncValidator {
  /// Does nothing.
  public mutating func close() async throws {}
}
