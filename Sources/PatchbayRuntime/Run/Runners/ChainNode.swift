import PatchbayCore

/// A validator or correlator and what follows it on the same task.
///
/// Stages that only compute are cheaper called than fed by a channel; the head of such a chain
/// reads a channel, the others are called with what it passes on.
struct ChainNode: Sendable {
  private var step: any ChainStep
  private var held = HeldEvents()
  private let counters: StageCounters
  private var main: ChainPort
  private var rejected: ChainPort

  init(
    _ step: any ChainStep, counters: StageCounters, main: ChainPort, rejected: ChainPort
  ) {
    self.step = step
    self.counters = counters
    self.main = main
    self.rejected = rejected
  }

  mutating func process(_ batch: TrackedBatch, in run: RunServices) async {
    counters.update { $0.received += batch.count }
    if run.control.has(.abort) { return counters.abandon(batch) }
    var tracked = batch
    guard await judge(&tracked, in: run) else { return }
    await distribute(tracked, in: run)
    await advance(in: run)
  }

  /// Has the stage judge a batch; false if it couldn't, and the events are settled.
  private mutating func judge(_ tracked: inout TrackedBatch, in run: RunServices) async -> Bool {
    let stamp = run.stamps.next()
    var batch = tracked.lend(stamp: stamp)
    let count = batch.count
    do {
      try await step.judge(&batch, at: run.clock.now)
    } catch is CancellationError where run.control.has(.cut) {
      counters.abandon(tracked)
      return false
    } catch {
      run.failures.add(counters.path, error)
      tracked.settle(as: .failed)
      return false
    }
    if let fault = tracked.takeBack(batch, stamp: stamp) {
      run.failures.add(counters.path, StageFault.lostEvents(count, fault))
      tracked.settle(as: .failed)
      return false
    }
    return true
  }

  private mutating func distribute(_ tracked: TrackedBatch, in run: RunServices) async {
    var tracked = tracked
    if tracked.batch.marks.isEmpty { return await pass(tracked, in: run) }
    let positions = tracked.batch.positionsByMark
    let holds = tracked.batch.holds
    tracked.withBatch { $0.clearMarks() }
    if let absorbed = positions[.absorb] { absorb(tracked.subset(absorbed)) }
    var passing = positions[.pass] ?? []
    if let overflow = hold(holds, of: tracked, in: run) { passing = (passing + overflow).sorted() }
    if let diverted = positions[.divert] {
      await rejected.divert(tracked.subset(diverted), as: .rejected, in: run)
    }
    if !passing.isEmpty {
      await pass(
        passing.count == tracked.count ? tracked : tracked.subset(passing), in: run)
    }
  }

  private func absorb(_ batch: TrackedBatch) {
    batch.settle(as: .delivered)
    counters.update { $0.absorbed += batch.count }
  }

  private mutating func pass(_ tracked: TrackedBatch, in run: RunServices) async {
    var tracked = tracked
    if step.validates { tracked.withBatch { $0.markValidated() } }
    await main.push(tracked, in: run)
  }

  /// Keeps what the stage holds; the positions of events for which there is no room.
  private mutating func hold(
    _ holds: [(index: Int, key: HoldKey)], of tracked: TrackedBatch, in run: RunServices
  ) -> [Int]? {
    var overflow: [Int] = []
    for (index, key) in holds {
      if held.count < step.mostHeld {
        held.hold(index, of: tracked, under: key)
      } else {
        overflow.append(index)
      }
    }
    if overflow.isEmpty { return nil }
    run.failures.add(counters.path, StageFault.heldTooMany(most: step.mostHeld))
    return overflow
  }

  /// The earliest time at which a correlator of the chain wants to be asked.
  var deadline: Timestamp? {
    let later = (main.next + rejected.next).compactMap(\.deadline).min()
    guard let own = step.deadline else { return later }
    return later.map { min($0, own) } ?? own
  }

  /// Asks every correlator of the chain about events it holds.
  mutating func advance(in run: RunServices) async {
    for release in step.advance(to: run.clock.now) {
      guard let batch = held.release(release.key) else { continue }
      if release.passes {
        await main.push(batch, in: run)
      } else {
        absorb(batch)
      }
    }
    // Also when nothing came: what has waited for too long is a finding.
    counters.refresh { step.stage.findings() }
    for index in main.next.indices { await main.next[index].advance(in: run) }
    for index in rejected.next.indices { await rejected.next[index].advance(in: run) }
  }

  /// Nothing more comes: waits for what is held, reports, and tells those behind.
  mutating func end(in run: RunServices) async {
    var last: Timestamp?
    while !held.isEmpty, !run.control.has(.cut), let time = step.deadline, time != last {
      last = time
      let clock = run.clock
      let came = await run.control.cancelling(at: .cut, on: clock) {
        (try? await clock.sleep(until: time)) != nil
      }
      if came { await advance(in: run) }
    }
    if !held.isEmpty { giveUp(in: run) }
    await close(in: run)
    counters.note(step.stage.findings())
    for observer in run.observers { observer.stage(counters.name, ended: step.stage) }
    await main.close(in: run)
    await rejected.close(in: run)
  }

  private mutating func close(in run: RunServices) async {
    do {
      try await step.close()
    } catch is CancellationError where run.control.has(.cut) {
      // It was to end at once.
    } catch {
      run.failures.add(counters.path, error)
    }
  }

  private mutating func giveUp(in run: RunServices) {
    if !run.control.has(.cut) {
      run.failures.add(counters.path, "still held \(held.count) events when the run ended")
    }
    for batch in held.releaseAll() { counters.abandon(batch) }
  }
}
