public import PatchbayCore

extension Conformance where Subject: Sink {
  /// What is wrong with a sink.
  ///
  /// Checked beside the declaration: open, many batches, finish; open and finish without an event;
  /// an empty batch; malformed and hostile events are written or refused one by one; every result
  /// accounts for each event once, so that what is tried again is what was left; a write that is
  /// cancelled returns, and so does the `finish` after it.
  ///
  /// - Parameters:
  ///   - kept: reads back the sequence ids of the events that the target holds, given the run's
  ///     folder; then what the sink says it wrote must be there, each once, and nothing else.
  ///   - breaking: breaks the target between two writes; then the sink must not claim to have
  ///     written what isn't kept, and `finish` must return, with or without an error.
  ///   - mending: mends the target again, as when a full disk has room once more. What is written
  ///     after it must be kept whole, and in all each event that the sink says it wrote, once: a
  ///     write that threw or left events over must have left nothing of them behind.
  public func problems(
    kept: (@Sendable (RunDirectory) async throws -> [String])? = nil,
    breaking: (@Sendable (RunDirectory) async throws -> Void)? = nil,
    mending: (@Sendable (RunDirectory) async throws -> Void)? = nil
  ) async -> [String] {
    var problems: [String] = []
    guard let options = checkDeclaration(&problems) else { return problems }
    await scenario("many batches", &problems) { bench in
      try await write(SinkScript.many, options, bench, kept)
    }
    await scenario("malformed events", &problems) { bench in
      try await write([SampleEvents.hostile], options, bench, kept)
    }
    await scenario("no events", &problems) { bench in
      try await write([], options, bench, nil)
    }
    await scenario("an empty batch", &problems) { bench in
      try await write([[]], options, bench, nil)
    }
    for isEarly in [false, true] {
      await scenario("a cancelled write", &problems) { bench in
        await writeCancelled(options, bench, isEarly)
      }
    }
    if let breaking {
      await scenario("a broken target", &problems) { bench in
        try await writeBroken(options, bench, kept, breaking)
      }
    }
    if let breaking, let mending, let kept {
      await scenario("a target that is broken for a while", &problems) { bench in
        try await writeInterrupted(options, bench, kept, breaking, mending)
      }
    }
    return problems
  }

  /// Opens a sink, writes as the runtime does, finishes, and compares.
  private func write(
    _ script: [[EventFields]], _ options: Subject.Options, _ bench: ConformanceBench,
    _ kept: (@Sendable (RunDirectory) async throws -> [String])?
  ) async throws -> [String] {
    let work = Task { [patience] in
      var account = SinkAccount()
      var sink = Subject(options)
      do {
        try await sink.open(bench.context)
        for events in script { await account.write(bench.batch(events), to: &sink, patience) }
        try await sink.finish(bench.report)
        var found = account.problems
        check(sink.findings(), &found)
        return (found, account.written)
      } catch {
        return (account.problems + ["\(error)"], account.written)
      }
    }
    guard let (found, written) = await Patience.value(of: work, within: patience) else {
      return ["hangs: it didn't finish within \(patience.optionText)"]
    }
    guard let kept else { return found }
    return found + SinkAccount.difference(written, try await kept(bench.context.directory))
  }

  private func writeCancelled(
    _ options: Subject.Options, _ bench: ConformanceBench, _ isEarly: Bool
  ) async -> [String] {
    let events = SampleEvents.wellFormed(500)
    let returned = await Patience.cancelling(within: patience) { cancelled in
      var sink = Subject(options)
      guard (try? await sink.open(bench.context)) != nil else { return }
      if isEarly { await cancelled() }
      _ = try? await sink.write(bench.batch(events))
      try? await sink.finish(bench.report)
    }
    return returned ? [] : ["hangs: write or finish didn't return after the task was cancelled"]
  }

  private func writeBroken(
    _ options: Subject.Options, _ bench: ConformanceBench,
    _ kept: (@Sendable (RunDirectory) async throws -> [String])?,
    _ breaking: @escaping @Sendable (RunDirectory) async throws -> Void
  ) async throws -> [String] {
    let work = Task {
      var account = SinkAccount()
      account.mayFail = true
      var sink = Subject(options)
      do {
        try await sink.open(bench.context)
        await account.write(bench.batch(SampleEvents.wellFormed(10)), to: &sink, .zero)
        try await breaking(bench.context.directory)
        account.forgetWritten()
        let rest = SampleEvents.wellFormed(20).dropFirst(10)
        await account.write(bench.batch(rest), to: &sink, .zero)
      } catch {
        return (["\(error)"], account.written)
      }
      try? await sink.finish(bench.report)
      return (account.problems, account.written)
    }
    guard let (found, written) = await Patience.value(of: work, within: patience) else {
      return ["hangs: write or finish didn't return after the target broke"]
    }
    guard let kept else { return found }
    let lost = Set(written).subtracting(try await kept(bench.context.directory)).sorted()
    return found + (lost.isEmpty ? [] : ["claims to have written \(lost), which isn't kept"])
  }

  private func writeInterrupted(
    _ options: Subject.Options, _ bench: ConformanceBench,
    _ kept: @Sendable (RunDirectory) async throws -> [String],
    _ breaking: @escaping @Sendable (RunDirectory) async throws -> Void,
    _ mending: @escaping @Sendable (RunDirectory) async throws -> Void
  ) async throws -> [String] {
    let events = SampleEvents.wellFormed(90)
    let directory = bench.context.directory
    let work = Task {
      var account = SinkAccount()
      account.mayFail = true
      var sink = Subject(options)
      do {
        try await sink.open(bench.context)
        await account.write(bench.batch(events[..<30]), to: &sink, .zero)
        try await breaking(directory)
        await account.write(bench.batch(events[30..<60]), to: &sink, .zero)
        try await mending(directory)
        account.mayFail = false
        await account.write(bench.batch(events[60...]), to: &sink, .zero)
        try await sink.finish(bench.report)
      } catch {
        return (account.problems + ["\(error)"], account.written)
      }
      return (account.problems, account.written)
    }
    guard let (found, written) = await Patience.value(of: work, within: patience) else {
      return ["hangs: write or finish didn't return while the target was broken, or after"]
    }
    return found + SinkAccount.difference(written, try await kept(directory))
  }
}

/// What sinks are given.
enum SinkScript {
  /// Batches of several sizes, every event with an id of its own.
  static let many: [[EventFields]] = {
    var events = SampleEvents.wellFormed(1 + 7 + 256 + 1_000)[...]
    return [1, 7, 256, 1_000].map { size in
      defer { events = events.dropFirst(size) }
      return Array(events.prefix(size))
    }
  }()
}

/// What a sink said about its writes.
struct SinkAccount: Sendable {
  private static let attempts = 4

  private(set) var problems: [String] = []
  /// The sequence ids of what it says it wrote.
  private(set) var written: [String] = []
  /// Whether a write that fails in the end is as it should be.
  var mayFail = false

  /// Writes a batch as the runtime does: what is undelivered is tried again.
  mutating func write(
    _ batch: EventBatch, to sink: inout some Sink, _ patience: Duration
  ) async {
    var rest = batch
    var last = ""
    for _ in 1...Self.attempts {
      do {
        let result = try await sink.write(rest)
        check(result, of: rest)
        let refused = Set(result.refused.map(\.index))
        let undelivered = Set(result.undelivered).subtracting(refused)
        for index in rest.indices where !refused.contains(index) && !undelivered.contains(index) {
          written.append(rest.sequenceID(of: rest[index]))
        }
        if undelivered.isEmpty { return }
        last = "it doesn't take \(undelivered.count) of \(rest.count) events"
        rest = rest.subset(rest.indices.filter { undelivered.contains($0) })
      } catch let error as DeliveryError {
        last = "\(error)"
        break
      } catch {
        last = "\(error)"
      }
    }
    if !mayFail {
      problems.append("\(rest.count) events are lost in the end: \(last)")
    }
  }

  /// Starts over: what was written before may have been lost with the target.
  mutating func forgetWritten() { written = [] }

  private mutating func check(_ result: WriteResult, of batch: EventBatch) {
    let all = result.undelivered + result.refused.map(\.index)
    if let stray = all.first(where: { !batch.indices.contains($0) }) {
      problems.append("a result names event \(stray) of a batch of \(batch.count)")
    }
    if Set(all).count < all.count {
      problems.append("a result names an event twice: \(all.sorted())")
    }
    if result.refused.contains(where: { $0.reason.isEmpty }) {
      problems.append("an event is refused without a reason")
    }
  }

  static func difference(_ written: [String], _ kept: [String]) -> [String] {
    var counts: [String: Int] = [:]
    for id in kept { counts[id, default: 0] += 1 }
    var problems: [String] = []
    let lost = written.filter { counts[$0] == nil }
    if !lost.isEmpty {
      problems.append(
        "claims to have written \(lost.count) events that aren't kept, such as \(lost[0])")
    }
    let wanted = Set(written)
    let stray = counts.keys.filter { !wanted.contains($0) }.sorted()
    if !stray.isEmpty {
      problems.append(
        "keeps \(stray.count) events that it doesn't claim to have written, such as \(stray[0])")
    }
    let twice = counts.filter { $0.value > 1 }.keys.sorted()
    if !twice.isEmpty {
      problems.append("keeps \(twice.count) events more than once, such as \(twice[0])")
    }
    return problems
  }
}
