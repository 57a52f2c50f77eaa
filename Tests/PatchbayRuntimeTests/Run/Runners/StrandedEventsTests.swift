import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Synchronization
import Testing

/// What a source has emitted leaves, also when the pipeline is full and nothing more comes.
struct StrandedEventsTests {
  @Test(.timeLimit(.minutes(1)))
  func `events that were emitted while there was no room leave when there is`() async throws {
    var pipeline = TestPipeline(
      directory: try TemporaryFolder.make(), options: ["clock": "real"])
    let (room, makeRoom) = AsyncStream.makeStream(of: Void.self)
    let sink = RecordingSink { _, write in
      if write == 1 { for await _ in room {} }
      return .all
    }
    pipeline.add(
      "source",
      ScriptedSource { outlet in
        // One batch in the sink, eight before it: then the channel is full.
        for start in stride(from: 0, to: 9 * 256, by: 256) {
          try await outlet.emitTogether(start..<start + 256)
        }
        let (settled, tell) = AsyncStream.makeStream(of: Void.self)
        for number in 9 * 256..<9 * 256 + 3 {
          try await outlet.emit(.sample(number)).whenSettled { _ in tell.yield() }
        }
        makeRoom.finish()
        // Nothing more is emitted, flushed or waited for.
        var left = 3
        for await _ in settled {
          left -= 1
          if left == 0 { return }
        }
      })
    pipeline.add("sink", sink, inputs: ["source"])
    let report = try await pipeline.run()
    #expect(report.events.delivered == 9 * 256 + 3)
    #expect(sink.record.ids == (0..<9 * 256 + 3).map { "test-\($0)" })
  }
}
