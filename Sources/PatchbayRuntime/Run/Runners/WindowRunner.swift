import PatchbayCore
import Synchronization

/// Feeds a sink that has several batches under way at once.
///
/// Each batch's result is awaited on a task of its own. What has to be tried again comes back to
/// this one by `again`, since only it calls the sink.
struct WindowRunner<Subject: WindowedSink> {
  let inlet: Channel
  private(set) var sink: Subject
  let account: any WriteAccount
  private let again = AttemptQueue()
  private let writes: WritesUnderWay

  init(inlet: Channel, sink: Subject, account: any WriteAccount) {
    self.inlet = inlet
    self.sink = sink
    self.account = account
    writes = WritesUnderWay(clock: account.services.clock)
  }

  mutating func run() async {
    let window = max(1, sink.window)
    let clock = account.services.clock
    await withDiscardingTaskGroup { group in
      feed: while true {
        for attempt in again.takeAll() { await start(attempt) }
        switch await inlet.next() {
        case .batch(let batch):
          if account.receive(batch), let batch = await account.new(batch, for: &sink) {
            await start(WriteAttempt(batch, account))
          }
          account.counters.refresh { sink.findings() }
        case .wake: account.counters.refresh { sink.findings() }
        case .end: break feed
        }
      }
      while true {
        // In this order: an attempt is put there before its write has ended.
        let count = writes.count
        let attempts = again.takeAll()
        if count == 0, attempts.isEmpty { break }
        if attempts.isEmpty { await writes.waitForEnd(downTo: count - 1) }
        for attempt in attempts { await start(attempt) }
      }

      func start(_ attempt: WriteAttempt) async {
        await writes.waitForEnd(downTo: window - 1)
        writes.begin()
        let write = await begin(attempt.rest.batch)
        group.addTask(on: clock) { [inlet, again, writes] in
          var attempt = attempt
          if await attempt.complete({ _ in try await write() }) {
            again.put(attempt)
            inlet.wake()
          }
          writes.end()
        }
      }
    }
  }

  /// What gives the result of a write, also of one that can't even begin.
  private mutating func begin(
    _ batch: EventBatch
  ) async -> @Sendable () async throws -> WriteResult {
    do {
      return try await sink.beginWrite(batch).result
    } catch {
      return { throw error }
    }
  }
}

/// Writes that have to be begun anew.
private final class AttemptQueue: Sendable {
  private let attempts = Mutex<[WriteAttempt]>([])

  func put(_ attempt: WriteAttempt) { attempts.withLock { $0.append(attempt) } }

  func takeAll() -> [WriteAttempt] {
    attempts.withLock { attempts in
      defer { attempts = [] }
      return attempts
    }
  }
}
