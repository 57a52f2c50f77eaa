public import PatchbayCore

extension Conformance where Subject: Validator {
  /// What is wrong with a validator.
  ///
  /// Checked beside the declaration, with well-formed and with malformed events: no event is changed,
  /// added or dropped, and the batch stays the one it was given; whether events come one by one or in
  /// batches makes no difference, nor does
  /// judging them event by event; the same events are judged the same again; every rejection has a
  /// code and a reason.
  public func problems() async -> [String] {
    var problems: [String] = []
    guard let options = checkDeclaration(&problems) else { return problems }
    await scenario("verdicts", &problems) { bench in
      let events = SampleEvents.wellFormed(300) + SampleEvents.hostile
      let inBatches = try await judge([events], options, bench) { $0.validate(&$1) }
      let oneByOne = try await judge(events.map { [$0] }, options, bench) { $0.validate(&$1) }
      let eachEvent = try await judge([events], options, bench) { validator, batch in
        for index in batch.indices {
          let verdict = validator.validate(batch[index], of: batch)
          if case .reject(let code, let reason) = verdict {
            batch.reject(index, code: code, reason: reason)
          }
        }
      }
      return inBatches.problems(of: events)
        + inBatches.difference(to: oneByOne, "one by one, an event is judged otherwise")
        + inBatches.difference(
          to: eachEvent, "`validate(_:of:)` judges otherwise than the form for batches")
    }
    return problems
  }

  private func judge(
    _ script: [[EventFields]], _ options: Subject.Options, _ bench: ConformanceBench,
    _ body: (inout Subject, inout EventBatch) -> Void
  ) async throws -> Judgement {
    var validator = Subject(options)
    try await validator.open(bench.context)
    var judgement = Judgement()
    for events in script {
      var batch = bench.stamped(events)
      let stamp = batch.stamp
      body(&validator, &batch)
      judgement.add(batch, given: stamp)
    }
    check(validator.findings(), &judgement.problems)
    return judgement
  }
}

extension Conformance where Subject: AsyncValidator {
  /// What is wrong with a validator that waits.
  ///
  /// Checked beside the declaration, with well-formed and with malformed events: no event is changed,
  /// added or dropped; whether they come in one batch or in several makes no difference; every
  /// rejection has a code and a reason; a call that is cancelled returns, and so does the `close`
  /// after it.
  public func problems() async -> [String] {
    var problems: [String] = []
    guard let options = checkDeclaration(&problems) else { return problems }
    await scenario("verdicts", &problems) { bench in
      let events = SampleEvents.wellFormed(300) + SampleEvents.hostile
      let parts = [Array(events.prefix(1)), Array(events.dropFirst(1))]
      let work = Task {
        (await judge([events], options, bench), await judge(parts, options, bench))
      }
      guard let (whole, inParts) = await Patience.value(of: work, within: patience) else {
        return ["hangs: it didn't judge all events within \(patience.optionText)"]
      }
      return whole.problems(of: events)
        + whole.difference(to: inParts, "in other batches, an event is judged otherwise")
    }
    for isEarly in [false, true] {
      await scenario("a cancelled call", &problems) { bench in
        await validateCancelled(options, bench, isEarly)
      }
    }
    return problems
  }

  private func validateCancelled(
    _ options: Subject.Options, _ bench: ConformanceBench, _ isEarly: Bool
  ) async -> [String] {
    let returned = await Patience.cancelling(within: patience) { cancelled in
      var validator = Subject(options)
      guard (try? await validator.open(bench.context)) != nil else { return }
      if isEarly { await cancelled() }
      var batch = bench.batch(SampleEvents.wellFormed(500))
      try? await validator.validate(&batch)
      try? await validator.close()
    }
    return returned ? [] : ["hangs: validate or close didn't return after the task was cancelled"]
  }

  private func judge(
    _ script: [[EventFields]], _ options: Subject.Options, _ bench: ConformanceBench
  ) async -> Judgement {
    var validator = Subject(options)
    var judgement = Judgement()
    do {
      try await validator.open(bench.context)
      for events in script {
        var batch = bench.stamped(events)
        let stamp = batch.stamp
        try await validator.validate(&batch)
        judgement.add(batch, given: stamp)
      }
    } catch {
      judgement.problems.append("\(error)")
    }
    do {
      try await validator.close()
    } catch {
      judgement.problems.append("\(error)")
    }
    check(validator.findings(), &judgement.problems)
    return judgement
  }
}

/// What became of events that a stage has judged.
struct Judgement: Sendable {
  fileprivate struct Entry: Equatable {
    var fields: EventFields
    var isRejected: Bool
    var kind: Outcome.Kind
    var code: String
    var reason: String
  }

  fileprivate var entries: [Entry] = []
  var problems: [String] = []

  /// Takes a batch back from a stage.
  ///
  /// - Parameter stamp: what the batch that it was given is known by.
  mutating func add(_ batch: EventBatch, given stamp: UInt64) {
    if batch.stamp != stamp {
      problems.append("puts another batch in the place of the one it was given")
    }
    for index in batch.indices {
      let outcome = batch.outcome(at: index)
      entries.append(
        Entry(
          fields: batch.fields(of: batch[index]),
          isRejected: !batch.marks.isEmpty && batch.marks[index] == .divert,
          kind: outcome.kind, code: batch.text(outcome.code), reason: batch.text(outcome.reason)))
    }
  }

  /// What is wrong with it, given what went in.
  func problems(of events: [EventFields]) -> [String] {
    var problems = problems
    if entries.count != events.count {
      return problems + ["\(events.count) events went in, \(entries.count) came out"]
    }
    for (entry, event) in zip(entries, events) {
      if entry.fields != event.stored { problems.append("changes \(event) to \(entry.fields)") }
      guard entry.isRejected || entry.kind == .failed || entry.kind == .unknown else { continue }
      let name = "event \(event.sequenceID ?? "without an id")"
      if entry.code.isEmpty { problems.append("\(name) is refused without a code") }
      if entry.reason.isEmpty { problems.append("\(name) is refused without a reason") }
    }
    return problems
  }

  /// Injectors: what isn't judged.
  var unjudged: Int { entries.count { $0.kind == .undecided } }

  func difference(to other: Judgement, _ what: String) -> [String] {
    let pair = zip(entries, other.entries).first { $0 != $1 }
    guard let pair else { return other.problems.filter { !problems.contains($0) } }
    return ["\(what): \(pair.0.description) and \(pair.1.description)"]
  }
}

extension Judgement.Entry {
  fileprivate var description: String {
    "\(fields.sequenceID ?? "an event without an id") "
      + (isRejected ? "is rejected (\(code): \(reason))" : "is \(kind.name)")
  }
}

extension EventFields {
  /// The event as a batch gives it back, which writes times its own way.
  fileprivate var stored: EventFields {
    var batch = EventBatch(symbols: SymbolTable())
    batch.append(self, intended: Timestamp(nanoseconds: 0))
    return batch.fields(of: batch[0])
  }
}
