import PatchbayCore

extension InjectorRunner {
  /// Sends the events of a call whose outcome isn't known from before an interruption; that they are about
  /// to be sent is on the disk before, and how they were judged is written down after.
  func inject(
    _ call: InjectionScheduler.Call, _ journal: StageJournal, in services: RunServices
  ) async -> Result {
    let known = call.batch.indices.compactMap { index in
      outcome(of: call.number(at: index), journal).map { (index, $0) }
    }
    var batch = call.batch
    do {
      try await recall(known, &batch, journal)
    } catch {
      services.failures.add("run.journal", error)
      services.control.request(.drain)
      return .judged(batch, unsent: Array(batch.indices))
    }
    let knownPositions = Set(known.map(\.0))
    let rest = batch.indices.filter { !knownPositions.contains($0) }
    if rest.isEmpty { return .judged(batch, unsent: []) }
    return await send(
      rest, of: batch, numbered: rest.compactMap { call.number(at: $0) }, journal, in: services)
  }

  private func outcome(of number: Int?, _ journal: StageJournal) -> JournalPast.Place? {
    number.flatMap { journal.past?.outcome(of: $0, by: journal.stage) }
  }

  /// Judges events as they were judged before the interruption.
  private func recall(
    _ known: [(Int, JournalPast.Place)], _ batch: inout EventBatch, _ journal: StageJournal
  ) async throws {
    guard let past = journal.past, !known.isEmpty else { return }
    let unjudged = batch
    batch = try await BlockingLane("patchbay.recall").run {
      var batch = unjudged
      try past.judge(&batch, by: known)
      return batch
    }
    await injector.recall(batch.extract(known.map(\.0)))
  }

  private func send(
    _ rest: [Int], of batch: EventBatch, numbered numbers: [Int], _ journal: StageJournal,
    in services: RunServices
  ) async -> Result {
    do {
      try await journal.journal.intend(numbers, by: journal.stage)
    } catch {
      // The journal has told why, and stopped the sources.
      return .judged(batch, unsent: rest)
    }
    let given = rest.count == batch.count ? batch : batch.extract(rest)
    guard case .judged(let judged, let unsent) = await inject(given, in: services) else {
      return .lost
    }
    let sent = judged.indices.filter { !unsent.contains($0) }
    if numbers.count == rest.count {
      do {
        try await journal.journal.judged(
          sent.map { numbers[$0] }, judged, at: sent, by: journal.stage)
      } catch {
        // Nobody would know of it later: it is sent again when the run is gone on with.
        return .judged(batch, unsent: rest)
      }
    }
    var batch = batch
    for (position, index) in rest.enumerated() {
      batch.adopt(position, of: judged, given: given, as: index)
    }
    return .judged(batch, unsent: unsent.map { rest[$0] })
  }
}
