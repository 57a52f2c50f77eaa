import PatchbayCore

/// A validator or correlator and what follows it on the same task.
///
/// Stages that only compute are cheaper called than fed by a channel; the head of such a chain
/// reads a channel, the others are called with what it passes on.
struct ChainNode: Sendable {
  // Exactly one is set. They are mutated in place: taking a stage out and putting it back would
  // copy its dictionaries with every batch.
  private var validator: (any Validator)?
  private var asyncValidator: (any AsyncValidator)?
  private var correlator: (any Correlator)?

  private var held: [HoldKey: EventBatch] = [:]
  private let counters: StageCounters
  private var main: Port
  private var rejected: Port

  init(_ stage: any Stage, counters: StageCounters, main: Port, rejected: Port) {
    validator = stage as? any Validator
    asyncValidator = stage as? any AsyncValidator
    correlator = stage as? any Correlator
    self.counters = counters
    self.main = main
    self.rejected = rejected
  }

  mutating func process(_ batch: EventBatch, in run: RunServices) async {
    var batch = batch
    batch.clearMarks()
    let count = batch.count
    counters.update { $0.received += count }
    validator?.validate(&batch)
    if asyncValidator != nil, await !validateWaiting(&batch, in: run) { return }
    if correlator != nil { observe(&batch, at: run.clock.now) }
    await distribute(batch, in: run)
    await advance(in: run)
  }

  /// False if the batch couldn't be judged and is settled.
  private mutating func validateWaiting(
    _ batch: inout EventBatch, in run: RunServices
  ) async -> Bool {
    let untouched = batch
    do {
      try await asyncValidator?.validate(&batch)
    } catch {
      run.failures.add(counters.path, error)
      untouched.settle(as: .failed)
      return false
    }
    if batch.count != untouched.count {
      run.failures.add(counters.path, "dropped events without a verdict; that is a bug in it")
      untouched.settle(as: .failed)
      return false
    }
    return true
  }

  private mutating func observe(_ batch: inout EventBatch, at now: Timestamp) {
    for index in batch.indices {
      switch correlator?.observe(
        batch[index], batch.outcome(at: index), of: batch, at: now)
      {
      case .pass, nil: break
      case .mismatch(let origin): batch.noteMismatch(index, from: origin)
      case .absorb: batch.mark(index, .absorb)
      case .hold(let key):
        batch.mark(index, .hold)
        let one = batch.subset([index])
        held[key, default: EventBatch(symbols: batch.symbols)].append(contentsOf: one)
      }
    }
  }

  private mutating func distribute(_ batch: EventBatch, in run: RunServices) async {
    var parts = batch.marks.isEmpty ? [.pass: batch] : batch.separated()
    parts[.absorb]?.settle(as: .delivered)
    if let part = parts[.reject] { await rejected.divert(part, as: .rejected, in: run) }
    if var part = parts.removeValue(forKey: .pass) {
      if correlator == nil { part.markValidated() }
      await main.push(part, in: run)
    }
  }

  /// The earliest time at which a correlator of the chain wants to be asked.
  var deadline: Timestamp? {
    let later = (main.fused + rejected.fused).compactMap(\.deadline).min()
    guard let own = correlator?.deadline else { return later }
    return later.map { min($0, own) } ?? own
  }

  /// Asks every correlator of the chain about events it holds.
  mutating func advance(in run: RunServices) async {
    for release in correlator?.advance(to: run.clock.now) ?? [] {
      guard let batch = held.removeValue(forKey: release.key) else { continue }
      if release.passes {
        await main.push(batch, in: run)
      } else {
        batch.settle(as: .delivered)
      }
    }
    for index in main.fused.indices { await main.fused[index].advance(in: run) }
    for index in rejected.fused.indices { await rejected.fused[index].advance(in: run) }
  }

  /// Nothing more comes: waits for what is held, reports, and tells those behind.
  mutating func end(in run: RunServices) async {
    var last: Timestamp?
    while !held.isEmpty, !run.abort.isSet, let time = correlator?.deadline, time != last {
      last = time
      do { try await run.clock.sleep(until: time) } catch { break }
      await advance(in: run)
    }
    abandonHeld(in: run)
    await asyncValidator?.close()
    let stage: (any Stage)? = validator ?? asyncValidator ?? correlator
    let findings = stage?.findings() ?? Findings()
    counters.update { $0.findings = findings }
    if let stage { run.observer?.stage(counters.name, ended: stage) }
    await main.close(in: run)
    await rejected.close(in: run)
  }

  private mutating func abandonHeld(in run: RunServices) {
    let count = held.values.reduce(0) { $0 + $1.count }
    if count > 0 {
      run.failures.add(counters.path, "still held \(count) events when the run ended")
    }
    for batch in held.values { batch.settle(as: .abandoned) }
    held = [:]
  }
}
