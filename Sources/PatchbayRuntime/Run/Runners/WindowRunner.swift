import PatchbayCore
import Synchronization

/// Feeds a sink that has several batches under way at once.
///
/// Each batch's result is awaited on a task of its own. What has to be tried again comes back to
/// this one by `again`, since only it calls the sink.
struct WindowRunner<Subject: WindowedSink> {
  let inlet: Channel
  private(set) var sink: Subject
  let account: SinkAccount
  private let again = AttemptQueue()

  init(inlet: Channel, sink: Subject, account: SinkAccount) {
    self.inlet = inlet
    self.sink = sink
    self.account = account
  }

  mutating func run() async {
    let window = max(1, sink.window)
    let clock = account.services.clock
    await withTaskGroup(of: Void.self) { group in
      var underWay = 0
      feed: while true {
        for attempt in again.takeAll() { await start(attempt) }
        switch await inlet.next() {
        case .batch(let batch):
          if account.receive(batch) { await start(WriteAttempt(batch, account)) }
          account.counters.refresh { sink.findings() }
        case .wake: continue
        case .end: break feed
        }
      }
      while underWay > 0 {
        await collectOne()
        for attempt in again.takeAll() { await start(attempt) }
      }

      func start(_ attempt: WriteAttempt) async {
        if underWay == window { await collectOne() }
        underWay += 1
        let write = await begin(attempt.rest.batch)
        group.addTask(on: clock) { [inlet, again] in
          var attempt = attempt
          if await attempt.complete({ _ in try await write() }) {
            again.put(attempt)
            inlet.wake()
          }
        }
      }

      func collectOne() async {
        await clock.whileWaiting { _ = await group.next() }
        underWay -= 1
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
