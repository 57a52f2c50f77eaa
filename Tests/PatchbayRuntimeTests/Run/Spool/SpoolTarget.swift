import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Synchronization

/// What lies behind a sink, from run to run: it takes events, or it doesn't.
final class SpoolTarget: Sendable {
  struct State {
    var taken: [String] = []
    var documents: [String] = []
    var writes = 0
    var openings = 0
    /// Decides what a write does, by its number from 1.
    var behaviour: @Sendable (EventBatch, Int) async throws -> WriteResult = { _, _ in .all }
    /// Whether it can't be opened.
    var isClosed = false
    var refusesDocuments = false
  }

  struct Dead: Error, CustomStringConvertible {
    let description = "nobody there"
  }

  let state = Mutex(State())

  var taken: [String] { state.withLock { $0.taken } }
  var documents: [String] { state.withLock { $0.documents } }
  var writes: Int { state.withLock { $0.writes } }

  /// From now on a write does what a closure says; it gets the write's number from now on.
  func behave(_ behaviour: @escaping @Sendable (EventBatch, Int) async throws -> WriteResult) {
    state.withLock { ($0.behaviour, $0.writes) = (behaviour, 0) }
  }

  func die() { behave { _, _ in throw Dead() } }

  func live() { behave { _, _ in .all } }

  func write(_ batch: EventBatch) async throws -> WriteResult {
    let (behaviour, number) = state.withLock { state in
      state.writes += 1
      return (state.behaviour, state.writes)
    }
    let result = try await behaviour(batch, number)
    let left = Set(result.undelivered + result.refused.map(\.index))
    let ids = batch.indices.filter { !left.contains($0) }.map { batch.sequenceID(of: batch[$0]) }
    state.withLock { $0.taken += ids }
    return result
  }
}

/// Writes to a target.
struct TargetSink: Sink {
  static let type = "target"
  static let doc = "Writes to the test's target."
  let target: SpoolTarget

  var reach: StageReach { .context }

  init(_ target: SpoolTarget) { self.target = target }
  init(_ options: NoOptions) { target = SpoolTarget() }

  mutating func open(_ context: StageContext) async throws {
    let isClosed = target.state.withLock { state in
      state.openings += 1
      return state.isClosed
    }
    if isClosed { throw SpoolTarget.Dead() }
  }

  mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    try await target.write(copy batch)
  }
}

/// Writes to a target, several batches at a time.
struct WindowedTargetSink: WindowedSink {
  static let type = "windowed-target"
  static let doc = "Writes to the test's target."
  let target: SpoolTarget
  let window = 8

  var reach: StageReach { .context }

  init(_ target: SpoolTarget) { self.target = target }
  init(_ options: NoOptions) { target = SpoolTarget() }

  mutating func beginWrite(_ batch: borrowing EventBatch) async throws -> PendingWrite {
    let (batch, target) = (copy batch, target)
    return PendingWrite { try await target.write(batch) }
  }
}

/// Delivers the number of events of a run.
struct TargetDocuments: DocumentSink {
  static let type = "target-documents"
  static let doc = "Delivers the number of a run's events to the test's target."
  let target: SpoolTarget

  var reach: StageReach { .context }

  init(_ target: SpoolTarget) { self.target = target }
  init(_ options: NoOptions) { target = SpoolTarget() }

  mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult { .all }

  func document(_ report: RunReport) -> [UInt8]? { Array("\(report.events.emitted)".utf8) }

  mutating func deliver(_ document: [UInt8]) async throws {
    try target.state.withLock { state in
      if state.refusesDocuments { throw SpoolTarget.Dead() }
      state.documents.append(String(decoding: document, as: UTF8.self))
    }
  }

  mutating func finish(_ report: RunReport) async throws {
    if let document = document(report) { try await deliver(document) }
  }
}
