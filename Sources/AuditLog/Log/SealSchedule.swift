import PatchbayCore
import Synchronization

/// Decides when a log is sealed, and lets those go on who wait for it.
///
/// Records are sealed in groups: when there are enough of them, when so many writes wait, or when the
/// first has waited long enough, in real time.
final class SealSchedule: Sendable {
  private enum Phase {
    /// Next: `broken`.
    case sound
    /// A seal failed; what waits for one is refused from then on. The end.
    case broken(String)
  }

  private struct State {
    var phase = Phase.sound
    /// How many records were appended, and how many of them are sealed.
    var appended = 0
    var sealed = 0
    var newest: Checkpoint?
    var waiting: [(size: Int, task: ParkedTask)] = []

    mutating func released() -> [ParkedTask] {
      var released: [ParkedTask] = []
      if case .broken = phase {
        released = waiting.map(\.task)
        waiting = []
      } else {
        let count = waiting.prefix { $0.size <= sealed }.count
        released = waiting.prefix(count).map(\.task)
        waiting.removeFirst(count)
      }
      return released
    }
  }

  private let log: SealedLog
  private let clock: any PipelineClock
  private let most: Int
  private let mostWrites: Int
  private let time: Duration
  private let state: Mutex<State>
  private let started: AsyncStream<Void>
  private let starting: AsyncStream<Void>.Continuation
  private let full: AsyncStream<Void>
  private let filling: AsyncStream<Void>.Continuation

  /// - Parameters:
  ///   - records: how many are sealed together at the most.
  ///   - writes: how many may wait for one seal.
  ///   - time: how long the first waits for others, in real time.
  ///   - recovery: what the log held already.
  init(
    _ log: SealedLog, clock: any PipelineClock, records: Int, writes: Int, time: Duration,
    behind recovery: LogRecovery? = nil
  ) {
    var state = State()
    state.appended = recovery?.records ?? 0
    state.sealed = recovery?.sealed?.size ?? 0
    state.newest = recovery?.sealed
    self.state = Mutex(state)
    self.log = log
    self.clock = clock
    most = records
    mostWrites = writes
    self.time = time
    (started, starting) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    (full, filling) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// How many records aren't sealed yet.
  var unsealed: Int { state.withLock { $0.appended - $0.sealed } }

  /// The newest checkpoint; nil before the first.
  var newest: Checkpoint? { state.withLock { $0.newest } }

  /// Notes records that were appended.
  ///
  /// - Returns: up to where the log must be sealed for them.
  func add(_ count: Int) -> Int {
    let (size, isFirst, isFull) = state.withLock { state in
      let isFirst = state.appended == state.sealed
      state.appended += count
      let isFull =
        state.appended - state.sealed >= most || state.waiting.count + 1 >= mostWrites
      return (state.appended, isFirst, isFull)
    }
    if isFull { filling.yield() } else if isFirst { starting.yield() }
    return size
  }

  /// Waits until the log is sealed up to a record, and lets time pass meanwhile.
  ///
  /// - Throws: `DeliveryError` if it can't be: the record stands in the log, so that it must not be
  ///   written again. `CancellationError` if the task is cancelled.
  func wait(for size: Int) async throws {
    try await clock.parkUnlessCancelled { task in
      state.withLock { state in
        guard case .sound = state.phase, state.sealed < size else { return false }
        // Nearly always the last; tasks may come in another order than their records.
        let place = state.waiting.lastIndex { $0.size <= size }.map { $0 + 1 } ?? 0
        state.waiting.insert((size, task), at: place)
        return true
      }
    }
    let problem = state.withLock { state -> String? in
      if case .broken(let problem) = state.phase, state.sealed < size { problem } else { nil }
    }
    if let problem { throw DeliveryError(rejected: problem) }
  }

  /// Seals the log whenever it is time to, until the task is cancelled.
  func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask { [self] in
        for await _ in started {
          // In real time: on the virtual clock no time passes while a record waits for the disk.
          guard (try? await RealClock().sleep(for: time)) != nil else { return }
          await seal()
        }
      }
      group.addTask { [self] in
        for await _ in full { await seal() }
      }
    }
  }

  /// Seals what has been appended.
  func seal() async {
    do {
      let checkpoint = try await log.seal()
      let (released, isLeft) = state.withLock { state in
        if checkpoint.size > state.sealed || state.newest == nil { state.newest = checkpoint }
        state.sealed = max(state.sealed, checkpoint.size)
        return (state.released(), state.appended > state.sealed)
      }
      released.resumeAll()
      if isLeft { starting.yield() }
    } catch {
      let released = state.withLock { state in
        state.phase = .broken("\(error)")
        return state.released()
      }
      released.resumeAll()
    }
  }

  /// Why nothing can be sealed any more; nil if it can.
  var problem: String? {
    state.withLock { if case .broken(let problem) = $0.phase { problem } else { nil } }
  }
}
