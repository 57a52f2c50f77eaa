import PatchbayCore

/// What the program of a source has said and is to be told; it may be started several times.
///
/// A value without I/O: the dialogue's tasks change it under a lock and do what it returns.
struct Feed {
  /// What the source does next.
  enum Step {
    case emit(Utterance)
    /// Nothing more comes.
    case end
    case fail(any Error)
    /// It waits for a line of the program.
    case waitForProgram
    /// It waits until something is settled: the program may be waiting for that, too.
    case waitForRun
  }

  /// What is to be written next.
  enum Output: Equatable {
    case bytes([UInt8])
    case end
    case nothing
  }

  private enum State {
    /// Events come. Next: `ended`, `stopped` or `over`.
    case open
    /// The program has said that no more come. Next: `over`.
    case ended
    /// It was told to stop, and what it says is dropped. Next: `over`.
    case stopped
    /// It won't be started again. Last.
    case over((any Error)?)
  }

  /// How far a start of the program has come.
  ///
  /// An answer that was written needn't have been read: only what it says after that shows that it
  /// lives.
  private enum Progress {
    /// Next: `told`.
    case none
    /// A batch was answered. Next: `wentOn`.
    case told
    /// It has said more. Last.
    case wentOn
  }

  private let patience: ProgramOptions
  private let window: Int
  private var state = State.open
  /// Nothing more will come for it.
  private var isComplete = false
  /// Which start of the program it is.
  private var start = 0
  /// What it has said and the source hasn't taken.
  private var heard: [Utterance] = []
  /// What it is to be told.
  private var notices: [Notice] = []
  /// The numbers of the batches that this start has sent and hasn't been told of.
  private var numbers: Set<Int> = []
  /// How many of them the source has taken, and how many of those aren't settled.
  private var (taken, unsettled) = (0, 0)
  private var progress = Progress.none
  /// What is being written, and since when.
  private var writing: (notice: Notice, since: MonotonicInstant)?
  /// When its input ended; it is told of nothing since.
  private var inputEndedAt: MonotonicInstant?
  private var errorWasTold = false
  /// How many batches starts of the program ended without being told of.
  private(set) var untoldBatches = 0

  init(_ patience: ProgramOptions, window: Int) {
    self.patience = patience
    self.window = window
  }

  var standing: DialogueStanding {
    var (isOpen, failure): (Bool, (any Error)?) = (false, nil)
    switch state {
    case .open: isOpen = true
    case .ended, .stopped: break
    case .over(let error): failure = errorWasTold ? nil : error
    }
    return DialogueStanding(
      hasProgressed: progress == .wentOn, unanswered: unanswered, mayEnd: true,
      outlivesFailure: isOpen, isNeeded: isOpen, untoldFailure: failure)
  }

  private var unanswered: Int {
    if case .settled? = writing?.notice { numbers.count + 1 } else { numbers.count }
  }

  /// Whether it matters what the program says.
  var isListening: Bool {
    switch state {
    case .open, .ended: true
    case .stopped, .over: false
    }
  }

  /// Whether there is no room for more of what the program says.
  var isFull: Bool { !heard.isEmpty }

  /// The program was started, maybe again.
  ///
  /// Batches of the start before are its own to send again. What it said without a number isn't.
  mutating func begin() {
    leave()
    start += 1
    (progress, inputEndedAt) = (.none, nil)
  }

  private mutating func leave() {
    untoldBatches += unanswered
    heard.removeAll { $0.number != nil }
    (numbers, notices, writing, taken, unsettled) = ([], [], nil, 0, 0)
  }

  /// The program has said something.
  ///
  /// - Parameter isLast: whether it has said that nothing more comes.
  /// - Throws: `ProtocolViolation` if it numbers a batch like one that it hasn't been told of.
  mutating func hear(_ said: [Utterance], isLast: Bool) throws(ProtocolViolation) {
    guard case .open = state else { return }
    for var utterance in said {
      if let number = utterance.number, !numbers.insert(number).inserted {
        throw ProtocolViolation("gave the number \(number) to two batches under way")
      }
      utterance.start = start
      heard.append(utterance)
    }
    if !said.isEmpty, progress == .told { progress = .wentOn }
    if isLast { state = .ended }
  }

  /// What the source does next.
  mutating func nextStep() -> Step {
    let step = upcomingStep
    switch step {
    case .emit(let utterance):
      heard.removeFirst()
      if utterance.number != nil { (taken, unsettled) = (taken + 1, unsettled + 1) }
    case .fail: errorWasTold = true
    case .end, .waitForProgram, .waitForRun: break
    }
    return step
  }

  /// What it would do next, as things stand.
  var upcomingStep: Step {
    if let first = heard.first, first.number == nil || taken < window { return .emit(first) }
    if heard.isEmpty {
      switch state {
      case .open: break
      case .ended, .stopped, .over(nil): return .end
      case .over(let error?): return .fail(error)
      }
    }
    return unsettled > 0 ? .waitForRun : .waitForProgram
  }

  /// A batch's events are settled.
  mutating func settle(_ number: Int, ofStart start: Int, _ settlements: [Settlement]) {
    guard start == self.start, numbers.contains(number) else { return }
    unsettled -= 1
    if inputEndedAt == nil {
      notices.append(.settled(batch: number, settlements))
    } else {
      taken -= 1
    }
  }

  /// The source is to stop.
  mutating func stop() {
    guard case .open = state else { return }
    state = .stopped
    for number in heard.compactMap(\.number) { numbers.remove(number) }
    heard = []
    if inputEndedAt == nil { notices.append(.stop) }
  }

  /// Every event is settled, and nothing more will come.
  mutating func complete(at now: MonotonicInstant) {
    stop()
    isComplete = true
    if inputEndedAt != nil { inputEndedAt = now }
  }

  /// What is to be written; what was returned before has been.
  mutating func nextOutput(at now: MonotonicInstant) -> Output {
    if case .settled? = writing?.notice, progress == .none { progress = .told }
    writing = nil
    guard let notice = notices.first else { return isComplete ? .end : .nothing }
    notices.removeFirst()
    writing = (notice, now)
    if case .settled(let number, _) = notice {
      // As soon as it has read this, it may give the number to another batch.
      numbers.remove(number)
      taken -= 1
    }
    return .bytes(notice.line)
  }

  /// Nothing more is written to this start of the program.
  ///
  /// What it has said still counts, and leaves without waiting for its turn to be told.
  mutating func endInput(at now: MonotonicInstant) {
    inputEndedAt = now
    if case .settled(let number, _)? = writing?.notice { numbers.insert(number) }
    for case .settled in notices { taken -= 1 }
    (writing, notices) = (nil, [])
  }

  /// What the program should have done by now, as the end of a sentence about it.
  func lateness(at now: MonotonicInstant) -> String? {
    if let writing, now.isPast(writing.since, by: patience.timeout) {
      return "did not read its input within \(patience.timeout.optionText)"
    }
    if let inputEndedAt, isComplete, now.isPast(inputEndedAt, by: patience.grace) {
      return "did not end within \(patience.grace.optionText) after its input"
    }
    return nil
  }

  /// It ends.
  mutating func end(_ error: (any Error)?) {
    if case .over = state { return }
    leave()
    state = .over(error)
  }
}
