/// A sink that knows what it holds from before its run was interrupted.
///
/// In a run that is gone on with (`context.run.attempt` above 1), `open` goes on with what is there, and
/// events come again that had come before: from the journal, and those that had gone through in the moment
/// of the kill, before they were in the journal, from a source that repeats itself. Those that it doesn't hold
/// are written as always. Of other sinks the runtime itself remembers what they have written, except what
/// they wrote in the last moment.
public protocol ResumableSink: Sink {
  /// Looks for events among what was written before the interruption.
  ///
  /// Called on the task that writes, in order, with each batch of a run that is gone on with; it should cost
  /// nothing once everything that is held was asked for.
  ///
  /// - Returns: the positions of those that are there; each thing that was written answers for one event.
  mutating func recall(_ batch: borrowing EventBatch) async throws -> [Int]
}
