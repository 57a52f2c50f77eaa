import PatchbayCore
import PatchbayTesting
import Synchronization
import Testing

/// A sink that acknowledges later has as many batches under way as it takes, and no more.
struct WindowedSinkTests {
  private func run(
    _ sink: AcknowledgingSink, events: Int = 3_000
  ) async throws -> RunReport {
    let folder = try TemporaryFolder.make()
    defer { TemporaryFolder.remove(folder) }
    var pipeline = TestPipeline(directory: folder)
    pipeline.add("desk", ScriptedSource.inBatches(events))
    pipeline.add("far", sink, inputs: ["desk"])
    return try await pipeline.run()
  }

  @Test(arguments: [1, 3])
  func `it has its window full, and never more`(window: Int) async throws {
    let sink = AcknowledgingSink(window: window)
    let report = try await run(sink)
    #expect(report.events.delivered == 3_000)
    #expect(sink.record.mostUnderWay == window)
    #expect(sink.record.written.count == 3_000)
    #expect(Set(sink.record.written).count == 3_000)
    if window == 1 { #expect(sink.record.written == (0..<3_000).map { "test-\($0)" }) }
  }

  @Test func `what is left over comes again, and each event once`() async throws {
    let sink = AcknowledgingSink(window: 4) { batch, write in
      switch write {
      case 2: throw PipelineError("not now")
      case 3: return WriteResult(undelivered: Array(batch.indices.dropFirst(10)), problem: "full")
      default: return .all
      }
    }
    let report = try await run(sink)
    #expect(report.events.delivered == 3_000)
    #expect(report.failures == [])
    #expect(sink.record.written.count == 3_000)
    #expect(Set(sink.record.written).count == 3_000)
  }

  @Test func `what never gets through fails with its reason, and the rest goes on`() async throws {
    let sink = AcknowledgingSink(window: 4) { batch, _ in
      let first = batch.sequenceID(of: batch[0])
      if first == "test-0" { throw PipelineError("the first batch is unlucky") }
      return first == "test-256"
        ? WriteResult(undelivered: Array(batch.indices), problem: "the second one is, too") : .all
    }
    let report = try await run(sink)
    #expect(report.events.failed == 512)
    #expect(report.events.delivered == 3_000 - 512)
    #expect(
      Set(report.failures) == [
        "sinks.far: could not write events: the first batch is unlucky",
        "sinks.far: could not write events: the second one is, too",
      ])
  }
}

/// Keeps what it acknowledges, which it does only when its window is full or nothing more comes.
private struct AcknowledgingSink: WindowedSink {
  static let type = "acknowledging"
  static let doc = "Acknowledges late, for a test."

  final class Record: Sendable {
    private let state = Mutex<(underWay: Int, most: Int, written: [String], writes: Int)>(
      (0, 0, [], 0))

    var mostUnderWay: Int { state.withLock { $0.most } }
    var underWay: Int { state.withLock { $0.underWay } }
    var written: [String] { state.withLock { $0.written } }

    func begin() -> Int {
      state.withLock { state in
        state.underWay += 1
        state.most = max(state.most, state.underWay)
        state.writes += 1
        return state.writes
      }
    }

    func end(_ ids: [String]) {
      state.withLock { state in
        state.underWay -= 1
        state.written += ids
      }
    }
  }

  typealias Behaviour = @Sendable (EventBatch, Int) throws -> WriteResult

  let window: Int
  let record = Record()
  private let behaviour: Behaviour

  init(window: Int, _ behaviour: @escaping Behaviour = { _, _ in .all }) {
    self.window = window
    self.behaviour = behaviour
  }

  init(_ options: NoOptions) {
    self.init(window: 1)
  }

  func beginWrite(_ batch: borrowing EventBatch) async throws -> PendingWrite {
    let batch = copy batch
    let number = record.begin()
    return PendingWrite { [window, record, behaviour] in
      // Others get the chance to begin meanwhile, in vain if the window is full.
      for _ in 0..<2_000 where record.underWay < window { await Task.yield() }
      do {
        let result = try behaviour(batch, number)
        let left = Set(result.undelivered)
        record.end(
          batch.indices.filter { !left.contains($0) }.map { batch.sequenceID(of: batch[$0]) })
        return result
      } catch {
        record.end([])
        throw error
      }
    }
  }
}
