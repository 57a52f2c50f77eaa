import PatchbayCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a run writes down so that it can be gone on with after any end: what was emitted, what an injector
/// is about to send before it does, how that was judged, and what sinks have written.
///
/// All of it is appended to one file, in order, by one thread. What waits for the disk waits together: one
/// `fdatasync` answers everybody who asked until then.
package final class Journal: Sendable {
  /// Its name in the run's folder.
  package static let fileName = "journal"
  /// What its first bytes say.
  static let formatName = "patchbay log 1"
  /// How many bytes may wait to be written before whoever has more has to.
  private static let most = 4 << 20

  private enum Phase {
    /// Next: `broken`, `closed`.
    case open
    /// A write failed; nothing is taken any more. Next: `closed`.
    case broken(any Error)
    /// Last.
    case closed
  }

  private struct Waiter {
    let continuation: CheckedContinuation<Void, any Error>
    let needsDisk: Bool
  }

  private struct State {
    var phase = Phase.open
    var pending: [UInt8] = []
    var waiters: [Waiter] = []
    /// Whether the thread has been asked to write what waits.
    var isScheduled = false
    /// The number of the next event.
    var next: Int

    /// Adds entries; whether the thread has to be asked to write them.
    mutating func add(_ append: (inout [UInt8]) -> Void) -> Bool {
      guard case .open = phase else { return false }
      append(&pending)
      return schedules()
    }

    mutating func schedules() -> Bool {
      defer { isScheduled = true }
      return !isScheduled
    }
  }

  private let file: RecordFile
  private let lane = BlockingLane("patchbay.journal")
  private let state: Mutex<State>
  /// Is told, once, that nothing can be written any more.
  private let whenBroken: @Sendable (any Error) -> Void

  private init(
    _ file: RecordFile, next: Int, whenBroken: @escaping @Sendable (any Error) -> Void
  ) {
    self.file = file
    self.whenBroken = whenBroken
    state = Mutex(State(next: next))
  }

  /// Makes the journal of a new run; it is on the disk when this returns.
  ///
  /// - Parameters:
  ///   - path: the file, which must not be there.
  ///   - head: which run it is.
  ///   - whenBroken: is told, once, that nothing can be written any more.
  /// - Throws: `PipelineError` with the path and the system's reason.
  static func make(
    at path: String, _ head: JournalHead,
    whenBroken: @escaping @Sendable (any Error) -> Void
  ) async throws -> Journal {
    var bytes = FrameFile.start(named: formatName)
    JournalEntry.opened(head, to: &bytes)
    JournalEntry.begun(attempt: 1, at: head.startedAt, to: &bytes)
    // There is none before it says which run it belongs to.
    let start = bytes
    try await BlockingLane("patchbay.journal").run { try WholeFile.writeDurably(start, to: path) }
    return Journal(
      try await RecordFile.open(path, .append), next: 0, whenBroken: whenBroken)
  }

  /// Goes on with the journal of a run that was interrupted; a torn entry at its end is cut off.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - past: what it holds.
  ///   - time: the present, on the run's clock.
  ///   - whenBroken: is told, once, that nothing can be written any more.
  /// - Throws: `PipelineError` with the path and the system's reason.
  static func goOn(
    at path: String, behind past: JournalPast, time: Timestamp,
    whenBroken: @escaping @Sendable (any Error) -> Void
  ) async throws -> Journal {
    let file = try await RecordFile.open(path, .append)
    try await file.cut(to: past.length)
    // The one who made it may have been killed before it was there for good.
    try await BlockingLane("patchbay.journal").run { try WholeFile.saveName(of: path) }
    let journal = Journal(file, next: past.count, whenBroken: whenBroken)
    try await journal.append(durably: true) {
      JournalEntry.begun(attempt: past.attempts + 1, at: time, to: &$0)
    }
    return journal
  }

  /// Notes that a source begins to run.
  func started(source: Int, at time: Timestamp) {
    begin { JournalEntry.started(source: source, at: time, to: &$0) }
  }

  /// Notes what a source emits, and gives it numbers; waits while much is still to be written.
  func emitted(
    _ batch: inout TrackedBatch, by source: Int, isRejected: Bool, at time: Timestamp
  ) async {
    let events = batch.batch
    let (first, isFull, schedules) = state.withLock { state in
      let first = state.next
      state.next += events.count
      let schedules = state.add {
        JournalEntry.emitted(
          events, from: first, by: source, isRejected: isRejected, at: time, to: &$0)
      }
      return (first, state.pending.count > Self.most, schedules)
    }
    batch.number(from: first)
    if schedules { lane.begin { self.commit() } }
    // A journal that is broken has told so itself.
    if isFull { try? await append(durably: false) { _ in } }
  }

  /// Notes that an injector is about to send events; that is on the disk when this returns.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason: they must not be sent then.
  func intend(_ numbers: [Int], by injector: Int) async throws {
    try await append(durably: true) { JournalEntry.intended(numbers, by: injector, to: &$0) }
  }

  /// Notes what an injector has made of events; that is on the disk when this returns.
  ///
  /// Nobody behind it may write it down before: what is sent again may come to something else, and there would be
  /// two records.
  ///
  /// - Throws: `PipelineError` with the path and the system's reason: it must go no further then.
  func judged(
    _ numbers: [Int], _ batch: EventBatch, at positions: [Int], by injector: Int
  ) async throws {
    try await append(durably: true) {
      JournalEntry.judged(numbers, batch, at: positions, by: injector, to: &$0)
    }
  }

  /// Notes that a sink has written events.
  func written(_ numbers: [Int], by sink: Int) {
    begin { JournalEntry.written(numbers, by: sink, to: &$0) }
  }

  /// Writes what waits and takes nothing more.
  ///
  /// - Parameter isComplete: whether the run has nothing left to do; the journal is removed then.
  func close(isComplete: Bool) async {
    try? await append(durably: !isComplete) { _ in }
    state.withLock { $0.phase = .closed }
    if isComplete { await file.remove() }
  }

  private func begin(_ append: (inout [UInt8]) -> Void) {
    if state.withLock({ $0.add(append) }) { lane.begin { self.commit() } }
  }

  private func append(
    durably needsDisk: Bool, _ append: (inout [UInt8]) -> Void
  ) async throws {
    try await withCheckedThrowingContinuation { continuation in
      let (schedules, problem) = state.withLock { state -> (Bool, (any Error)?) in
        switch state.phase {
        case .closed: return (false, CancellationError())
        case .broken(let error): return (false, error)
        case .open:
          append(&state.pending)
          state.waiters.append(Waiter(continuation: continuation, needsDisk: needsDisk))
          return (state.schedules(), nil)
        }
      }
      if let problem { return continuation.resume(throwing: problem) }
      if schedules { lane.begin { self.commit() } }
    }
  }

  /// Writes what waits; on the journal's thread.
  private func commit() {
    let (bytes, waiters) = state.withLock { state in
      defer { (state.pending, state.waiters, state.isScheduled) = ([], [], false) }
      return (state.pending, state.waiters)
    }
    do {
      if !bytes.isEmpty { try file.appendNow([bytes]) }
      if waiters.contains(where: \.needsDisk) { try file.synchronizeNow() }
      for waiter in waiters { waiter.continuation.resume() }
    } catch {
      let (isNews, others) = state.withLock { state -> (Bool, [Waiter]) in
        defer { state.waiters = [] }
        guard case .open = state.phase else { return (false, state.waiters) }
        state.phase = .broken(error)
        return (true, state.waiters)
      }
      if isNews { whenBroken(error) }
      for waiter in waiters + others { waiter.continuation.resume(throwing: error) }
    }
  }
}
