import PatchbayCore

/// What is said between this side and a program once it has greeted, over all of its starts.
///
/// Of each start, one task reads and one writes; who has something to say to the program calls from
/// tasks of its own.
protocol Dialogue: Sendable {
  /// The longest line that is read.
  var longestLine: Int { get }

  /// Where things stand.
  var standing: DialogueStanding { get }

  /// The program was started, maybe again; nothing of what it was told before counts as known to it.
  func start()

  /// Makes what takes the lines of this start, from the one behind its greeting on.
  func makeReader() -> any LineReader

  /// What is to be written next, as soon as there is something; nil once nothing more will come, or
  /// the task is cancelled. What was returned before has been written.
  func nextOutput() async -> [UInt8]?

  /// Nothing more is written to this start: it has closed its input, or that was ended.
  func inputEnded()

  /// What it should have done by now, as the end of a sentence about it.
  func lateness(at now: MonotonicInstant) -> String?

  /// Nothing more will come for it.
  func complete()

  /// It won't be started again; a second call has no effect.
  ///
  /// - Parameter error: why, unless it has ended well or the run had to end.
  func end(_ error: (any Error)?)
}

/// Takes what a program writes after its greeting, during one start.
protocol LineReader {
  /// Takes lines, and waits while there is no room for what they say.
  ///
  /// - Throws: `ProtocolViolation` if the program may not say that.
  mutating func take(_ lines: ArraySlice<LineSplitter.Line>) async throws(ProtocolViolation)

  /// What is wrong with the end of its output, as the end of a sentence about it.
  ///
  /// - Parameter rest: a last line that has no end.
  func complaint(about rest: LineSplitter.Line?) -> String?
}

/// Where a dialogue stands.
struct DialogueStanding: Sendable {
  /// Whether a batch was answered since the program was started.
  var hasProgressed: Bool
  /// How many batches wait for an answer.
  var unanswered: Int
  /// Whether a program that ends by itself, and says that all went well, may.
  var mayEnd: Bool
  /// Whether a program that fails is started again.
  var outlivesFailure: Bool
  /// Whether there is still something for it to do.
  var isNeeded: Bool
  /// Why it ended, if an error ended it and nobody else was told.
  var untoldFailure: (any Error)?
}
