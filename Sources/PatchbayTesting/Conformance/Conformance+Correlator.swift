public import PatchbayCore

extension Conformance where Subject: Correlator {
  /// What is wrong with a correlator.
  ///
  /// Checked beside the declaration, with well-formed and with malformed events: held events have a
  /// deadline, and by `advance(to:)` each key is released once, and no other; never are more events
  /// held than `mostHeld`, however many come at once; in the end nothing is held; the same events are treated the same again; findings are declared.
  public func problems() async -> [String] {
    var problems: [String] = []
    guard let options = checkDeclaration(&problems) else { return problems }
    await scenario("observations", &problems) { bench in
      var first: [String] = []
      var second: [String] = []
      var found: [String] = []
      try await observe(options, bench, &first, &found)
      try await observe(options, bench, &second, &found)
      if let pair = zip(first, second).first(where: { $0 != $1 }) {
        found.append("the same events are treated otherwise again: \(pair.0), then \(pair.1)")
      }
      return found
    }
    await scenario("a flood", &problems) { bench in try await flood(options, bench) }
    return problems
  }

  /// Many events of different agents and interactions, all at one instant.
  private func flood(_ options: Subject.Options, _ bench: ConformanceBench) async throws -> [String]
  {
    var correlator = Subject(options)
    try await correlator.open(bench.context)
    let (most, now) = (correlator.mostHeld, bench.clock.now)
    var held: [HoldKey: Int] = [:]
    var count = 0
    for start in stride(from: 0, through: most + 300, by: 300) {
      // One that has held nothing until here won't.
      if start > 0, held.isEmpty { break }
      let batch = bench.batch((start..<start + 300).map { .sample($0, agent: $0) })
      for index in batch.indices {
        let outcome = Outcome(.accepted, status: 202, attempts: 1)
        let observation = correlator.observe(batch[index], outcome, of: batch, at: now)
        guard case .hold(let key) = observation else { continue }
        held[key, default: 0] += 1
        count += 1
      }
      for release in correlator.advance(to: now) {
        count -= held.removeValue(forKey: release.key) ?? 0
      }
      if count > most + 300 { return ["holds \(count) events at once, and \(most) at most"] }
    }
    return count > most ? ["holds \(count) events at once, and \(most) at most"] : []
  }

  private func observe(
    _ options: Subject.Options, _ bench: ConformanceBench, _ log: inout [String],
    _ found: inout [String]
  ) async throws {
    var correlator = Subject(options)
    try await correlator.open(bench.context)
    var held: Set<HoldKey> = []
    var now = Timestamp(nanoseconds: 1_767_225_600_000_000_000)
    for events in [SampleEvents.wellFormed(300), SampleEvents.hostile] {
      var batch = bench.batch(events)
      for index in batch.indices where index % 3 > 0 {
        batch.judge(index, Outcome(index % 3 == 1 ? .accepted : .failed, status: 202, attempts: 1))
      }
      for index in batch.indices {
        now = now.advanced(by: .milliseconds(10))
        let observation = correlator.observe(
          batch[index], batch.outcome(at: index), of: batch, at: now)
        log.append("\(observation)")
        if case .hold(let key) = observation { held.insert(key) }
      }
      release(correlator.advance(to: now), &held, &log, &found)
    }
    var rounds = 0
    while !held.isEmpty, rounds < 10_000 {
      guard let deadline = correlator.deadline else {
        found.append("holds \(held.count) keys without a deadline")
        break
      }
      now = max(now, deadline)
      release(correlator.advance(to: now), &held, &log, &found)
      rounds += 1
    }
    if rounds == 10_000 { found.append("still holds \(held.count) keys after their deadlines") }
    check(correlator.findings(), &found)
  }

  private func release(
    _ releases: [Release], _ held: inout Set<HoldKey>, _ log: inout [String],
    _ found: inout [String]
  ) {
    for release in releases {
      log.append("\(release)")
      if held.remove(release.key) == nil {
        found.append("releases the key \(release.key.number), which isn't held")
      }
    }
  }
}
