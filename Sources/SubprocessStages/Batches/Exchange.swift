import PatchbayCore

/// The batches that are under way between this side and a program, which may be started several times.
///
/// A value without I/O: the dialogue's tasks change it under a lock and do what it returns.
struct Exchange {
  /// Who waits for the answer to a batch.
  typealias Waiting = AsyncThrowingStream<Answer, any Error>.Continuation

  /// An answer, or that there won't be one, and whoever waits for it.
  struct Reply: Sendable {
    let waiting: Waiting
    let result: Result<Answer, any Error>

    func give() {
      if case .success(let answer) = result { waiting.yield(answer) }
      if case .failure(let error) = result { waiting.finish(throwing: error) }
      waiting.finish()
    }
  }

  /// What is to be written next.
  enum Output: Equatable {
    case bytes([UInt8])
    case end
    case nothing
  }

  /// A batch that the program hasn't answered.
  private struct Batch {
    let number: Int
    let count: Int
    let bytes: [UInt8]
    let waiting: Waiting
  }

  private enum State {
    /// Batches come. Next: complete, over.
    case open
    /// No batch will come any more. Next: over.
    case complete
    /// The program won't be started again. Last.
    case over((any Error)?)
  }

  private let patience: ProgramOptions
  private var state = State.open
  /// In the order in which they came; the program has the first `sent` ones.
  private var waiting: [Batch] = []
  private var sent = 0
  private var lastNumber = 0
  /// When the wait began for what has to come next.
  private var waitingSince = MonotonicInstant.now
  private var inputHasEnded = false
  private var answersSinceStart = 0
  /// How many events were sent to more than one start of the program.
  private(set) var resentEvents = 0
  /// Whether any batch was failed with the error that ended it all.
  private var errorWasTold = false

  init(_ patience: ProgramOptions) { self.patience = patience }

  var standing: DialogueStanding {
    var (isOpen, failure): (Bool, (any Error)?) = (false, nil)
    switch state {
    case .open: isOpen = true
    case .complete: break
    case .over(let error): failure = errorWasTold ? nil : error
    }
    return DialogueStanding(
      hasProgressed: answersSinceStart > 0, unanswered: waiting.count,
      mayEnd: !isOpen && waiting.isEmpty, outlivesFailure: isOpen, isNeeded: true,
      untoldFailure: failure)
  }

  /// The program was started, maybe again: what it didn't answer is sent once more.
  mutating func start() {
    resentEvents += waiting.prefix(sent).reduce(0) { $0 + $1.count }
    (sent, answersSinceStart, inputHasEnded) = (0, 0, false)
  }

  /// A batch has come.
  ///
  /// - Returns: what there is to tell at once.
  mutating func add(_ lines: [UInt8], count: Int, _ waiting: Waiting) -> Reply? {
    if case .over(let error) = state {
      errorWasTold = true
      return Reply(waiting: waiting, result: .failure(error ?? CancellationError()))
    }
    lastNumber += 1
    let bytes = Request.head(batch: lastNumber, count: count) + lines
    self.waiting.append(Batch(number: lastNumber, count: count, bytes: bytes, waiting: waiting))
    return nil
  }

  /// No batch will come any more.
  mutating func complete() {
    if case .open = state { state = .complete }
  }

  /// What is to be written; a batch counts as sent from here on.
  mutating func nextOutput(at now: MonotonicInstant) -> Output {
    if sent < waiting.count {
      sent += 1
      if sent == 1 { waitingSince = now }
      return .bytes(waiting[sent - 1].bytes)
    }
    if case .open = state { return .nothing }
    (waitingSince, inputHasEnded) = (now, true)
    return .end
  }

  /// The program has answered.
  ///
  /// - Throws: `ProtocolViolation` if it may not say that now.
  mutating func receive(
    _ answer: Answer, at now: MonotonicInstant
  ) throws(ProtocolViolation) -> Reply {
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
    return Reply(waiting: batch.waiting, result: .success(answer))
  }

  /// What the program should have done by now, as the end of a sentence about it.
  func lateness(at now: MonotonicInstant) -> String? {
    if sent > 0, now.isPast(waitingSince, by: patience.timeout) {
      return "did not answer batch \(waiting[0].number) within \(patience.timeout.optionText)"
    }
    if sent == 0, inputHasEnded, now.isPast(waitingSince, by: patience.grace) {
      return "did not end within \(patience.grace.optionText) after its input"
    }
    return nil
  }

  /// It ends.
  ///
  /// - Returns: what those are told that wait.
  mutating func end(_ error: (any Error)?) -> [Reply] {
    if case .over = state { return [] }
    state = .over(error)
    if !waiting.isEmpty { errorWasTold = true }
    defer { (waiting, sent) = ([], 0) }
    return waiting.map {
      Reply(waiting: $0.waiting, result: .failure(error ?? CancellationError()))
    }
  }
}
