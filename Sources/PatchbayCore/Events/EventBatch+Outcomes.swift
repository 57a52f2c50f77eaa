extension EventBatch {
  /// What the stage that just ran wants done with an event.
  package enum Mark: UInt8, Sendable {
    /// It goes on by the main port.
    case pass
    /// It leaves by the stage's other port.
    case divert
    /// It ends here, delivered.
    case absorb
    /// It stays until its key is released.
    case hold
  }

  /// Whether any event has been judged.
  public var hasOutcomes: Bool { !outcomes.isEmpty }

  /// What became of an event so far.
  public func outcome(at index: Int) -> Outcome {
    outcomes.isEmpty ? Outcome() : outcomes[index]
  }

  /// Sets what became of an event.
  ///
  /// - Parameters:
  ///   - index: the event's position.
  ///   - outcome: the verdict, with status and attempts if it was sent.
  ///   - code: a short code such as `http.503`, or nil.
  ///   - reason: a sentence for whoever reads the report, or nil.
  ///   - attempts: the times of its attempts, as far as they were taken; without any, those stay that were
  ///     given before.
  public mutating func judge(
    _ index: Int, _ outcome: Outcome, code: String? = nil, reason: String? = nil,
    attempts: [AttemptTimes] = []
  ) {
    if outcomes.isEmpty { outcomes = Array(repeating: Outcome(), count: events.count) }
    var outcome = outcome
    if let code { outcome.code = symbol(code) }
    if let reason { outcome.reason = intern(reason.utf8) }
    outcome.attemptLog = attempts.isEmpty ? outcomes[index].attemptLog : keep(attempts[...])
    outcomes[index] = outcome
  }

  /// The times of an event's attempts, in their order; empty if nobody took them.
  public func attemptTimes(of index: Int) -> ArraySlice<AttemptTimes> {
    attemptTimes[outcome(at: index).attemptLog.range]
  }

  /// Keeps the times of an event's attempts.
  mutating func keep(_ attempts: ArraySlice<AttemptTimes>) -> AttemptLog {
    var log = AttemptLog()
    log.count = UInt16(clamping: attempts.count)
    log.offset = UInt32(attemptTimes.count)
    attemptTimes += attempts.prefix(Int(log.count))
    return log
  }

  /// Turns an event away; the runtime sends it to the stage's `.rejected` port.
  public mutating func reject(_ index: Int, code: String, reason: String) {
    var outcome = outcome(at: index)
    outcome.kind = .rejected
    judge(index, outcome, code: code, reason: reason)
    mark(index, .divert)
  }

  /// Notes what is to become of an event.
  package mutating func mark(_ index: Int, _ mark: Mark) {
    if marks.isEmpty { marks = Array(repeating: .pass, count: events.count) }
    marks[index] = mark
  }

  /// Does what a correlator wants done with an event.
  public mutating func apply(_ observation: Observation, to index: Int) {
    switch observation {
    case .pass: break
    case .found(let findings, let origin): note(findings, from: origin, of: index)
    case .absorb: mark(index, .absorb)
    case .hold(let key):
      mark(index, .hold)
      holds.append((index, key))
    }
  }

  /// Forgets the last stage's marks.
  package mutating func clearMarks() {
    marks = []
    holds = []
  }

  /// Notes that a validator has accepted all events.
  package mutating func markValidated() {
    for index in events.indices { events[index].flags.insert(.validated) }
  }
}
