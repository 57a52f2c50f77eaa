import PatchbayCore

/// What is under way between this side and a program, which may be started several times.
///
/// A value without I/O: the program's tasks change it under a lock and do what it returns.
struct Exchange {
  /// A batch that the program hasn't answered.
  struct Batch: Sendable {
    let number: Int
    let count: Int
    let bytes: [UInt8]
    let answer: AsyncThrowingStream<Answer.Acknowledgement, any Error>.Continuation
  }

  /// What is to be written next.
  enum Output: Equatable {
    case bytes([UInt8])
    case end
    case nothing
  }

  private enum State {
    /// The program has not greeted. Next: greeted, over.
    case starting
    /// Batches go out. Next: starting, over.
    case greeted
    /// It won't be started again. Last.
    case over((any Error)?)
  }

  private var state = State.starting
  /// In the order in which they came; the program has the first `sent` ones.
  private var waiting: [Batch] = []
  private var sent = 0
  private var lastNumber = 0
  private var inputIsComplete = false
  /// When the wait began for what has to come next.
  private var waitingSince = MonotonicInstant.now
  private var answersSinceStart = 0
  /// How many events were sent to more than one start of the program.
  private(set) var resentEvents = 0
  /// Whether any batch was failed with the error that ended it all.
  private(set) var errorWasTold = false

  /// Whether the program has answered anything since it was started.
  var hasAnswered: Bool { answersSinceStart > 0 }
  /// Whether no batch will come any more.
  var isComplete: Bool { inputIsComplete }
  /// How many batches wait for an answer.
  var unanswered: Int { waiting.count }

  /// Why it is over, if an error ended it.
  var failure: (any Error)? { if case .over(let error) = state { error } else { nil } }

  /// The program was started, maybe again: what it didn't answer is sent once more.
  mutating func start(at now: MonotonicInstant) {
    if case .over = state { return }
    state = .starting
    resentEvents += waiting.prefix(sent).reduce(0) { $0 + $1.count }
    sent = 0
    answersSinceStart = 0
    waitingSince = now
  }

  /// A batch has come.
  mutating func add(
    _ lines: [UInt8], count: Int,
    _ answer: AsyncThrowingStream<Answer.Acknowledgement, any Error>.Continuation
  ) {
    if case .over(let error) = state {
      errorWasTold = true
      answer.finish(throwing: error ?? CancellationError())
      return
    }
    lastNumber += 1
    let bytes = Request.head(batch: lastNumber, count: count) + lines
    waiting.append(Batch(number: lastNumber, count: count, bytes: bytes, answer: answer))
  }

  /// No batch will come any more.
  mutating func complete() { inputIsComplete = true }

  /// What is to be written; a batch counts as sent from here on.
  mutating func nextOutput(at now: MonotonicInstant) -> Output {
    guard case .greeted = state else { return .nothing }
    if sent < waiting.count {
      sent += 1
      if sent == 1 { waitingSince = now }
      return .bytes(waiting[sent - 1].bytes)
    }
    guard inputIsComplete else { return .nothing }
    waitingSince = now
    return .end
  }

  /// The program has written a line.
  ///
  /// - Returns: whether it was the greeting.
  /// - Throws: `ProtocolViolation` if it may not say that now.
  mutating func receive(
    _ answer: Answer, at now: MonotonicInstant
  ) throws(ProtocolViolation) -> Bool {
    switch (answer, state) {
    case (.greeting(let version), .starting):
      guard version == Request.version else {
        throw ProtocolViolation(
          "speaks version \(version) of the protocol; version \(Request.version) is needed")
      }
      state = .greeted
      waitingSince = now
      return true
    case (.greeting, _): throw ProtocolViolation("greeted twice")
    case (.acknowledgement, .starting): throw ProtocolViolation("answered before it greeted")
    case (.acknowledgement(let acknowledgement), _):
      try settle(acknowledgement, at: now)
      return false
    }
  }

  private mutating func settle(
    _ answer: Answer.Acknowledgement, at now: MonotonicInstant
  ) throws(ProtocolViolation) {
    guard let index = waiting[..<sent].firstIndex(where: { $0.number == answer.batch }) else {
      throw ProtocolViolation(
        answer.batch > 0 && answer.batch <= lastNumber
          ? "acknowledged batch \(answer.batch), which wasn't or is no longer under way"
          : "acknowledged batch \(answer.batch), which it was never given")
    }
    let batch = waiting[index]
    let named = answer.rejected.map(\.index) + answer.undelivered
    if let stranger = named.first(where: { $0 >= batch.count }) {
      throw ProtocolViolation(
        "named event \(stranger) of batch \(batch.number), which has \(batch.count) events")
    }
    if Set(named).count < named.count {
      throw ProtocolViolation("named an event of batch \(batch.number) twice")
    }
    waiting.remove(at: index)
    sent -= 1
    answersSinceStart += 1
    if index == 0 { waitingSince = now }
    batch.answer.yield(answer)
    batch.answer.finish()
  }

  /// When the program's patience ends next, as nanoseconds of waiting from `waitingSince`; nil while
  /// nothing is expected of it.
  private func patience(_ options: ProgramOptions, inputHasEnded: Bool) -> Duration? {
    switch state {
    case .starting: options.timeout
    case .greeted where sent > 0: options.timeout
    case .greeted where inputHasEnded: options.grace
    case .greeted, .over: nil
    }
  }

  /// What the program should have done by now, as the end of a sentence about it.
  func lateness(
    at now: MonotonicInstant, _ options: ProgramOptions, inputHasEnded: Bool
  ) -> String? {
    guard let patience = patience(options, inputHasEnded: inputHasEnded),
      now.nanoseconds - waitingSince.nanoseconds >= patience.wholeNanoseconds
    else { return nil }
    if case .starting = state {
      return "did not greet within \(patience.optionText)"
    }
    if sent > 0 {
      return "did not answer batch \(waiting[0].number) within \(patience.optionText)"
    }
    return "did not end within \(patience.optionText) after its input"
  }

  /// It ends: what waits is failed.
  mutating func end(_ error: (any Error)?) {
    if case .over = state { return }
    state = .over(error)
    if !waiting.isEmpty { errorWasTold = true }
    for batch in waiting { batch.answer.finish(throwing: error ?? CancellationError()) }
    waiting = []
    sent = 0
  }
}
