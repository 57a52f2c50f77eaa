import PatchbayCore
import Synchronization

/// Feeds a sink that has several batches under way at once.
///
/// Each batch's result is awaited on a task of its own. What has to be tried again comes back to
/// this one by `again`, since only it calls the sink.
struct WindowRunner<Subject: WindowedSink> {
  let inlet: Channel
  var sink: Subject
  let books: WriteBooks

  private final class Queue: Sendable {
    private let attempts = Mutex<[WriteAttempt]>([])

    func put(_ attempt: WriteAttempt) { attempts.withLock { $0.append(attempt) } }

    func takeAll() -> [WriteAttempt] {
      attempts.withLock { attempts in
        defer { attempts = [] }
        return attempts
      }
    }
  }

  private let again = Queue()

  init(inlet: Channel, sink: Subject, books: WriteBooks) {
    self.inlet = inlet
    self.sink = sink
    self.books = books
  }

  mutating func run() async {
    let window = max(1, sink.window)
    let clock = books.services.clock
    await withTaskGroup(of: Void.self) { group in
      var underWay = 0
      func collectOne() async {
        // The tasks hold virtual time themselves as long as they have something to do.
        clock.release()
        await group.next()
        clock.hold()
        underWay -= 1
      }
      func start(_ attempt: WriteAttempt) async {
        if underWay == window { await collectOne() }
        underWay += 1
        let write = await begin(attempt.rest)
        clock.hold()
        group.addTask { [inlet, again] in
          var attempt = attempt
          if await attempt.complete({ _ in try await write() }) {
            again.put(attempt)
            inlet.wake()
          }
          clock.release()
        }
      }
      feed: while true {
        for attempt in again.takeAll() { await start(attempt) }
        switch await inlet.next() {
        case .batch(let batch):
          if books.admit(batch) { await start(WriteAttempt(batch, books)) }
        case .wake: continue
        case .end: break feed
        }
      }
      while underWay > 0 {
        await collectOne()
        for attempt in again.takeAll() { await start(attempt) }
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
