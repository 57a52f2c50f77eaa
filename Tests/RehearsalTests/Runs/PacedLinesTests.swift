import Foundation
import PatchbayCore
import PatchbayJSON
import PatchbayStages
import PatchbayTesting
import Testing

/// Lines come at the times that their events carry, if they are asked to.
struct PacedLinesTests {
  private func replay(
    _ times: [String?], _ pace: JSONValue?
  ) async throws -> (entries: [RecordingSink.Record.Entry], report: RunReport) {
    let folder = try TemporaryFolder.make()
    let path = folder + "/in.jsonl"
    let lines = times.enumerated().map { number, time in
      var fields = EventFields.sample(number)
      fields.timestamp = time
      let members: [(String, String?)] = [
        ("sequence_id", fields.sequenceID), ("timestamp", time), ("agent_id", fields.agentID),
        ("state", fields.state),
      ]
      return JSONValue.object(
        members.compactMap { name, text in text.map { .init(name, .string($0)) } }
      ).text()
    }
    try (lines + ["no event", ""]).joined(separator: "\n")
      .write(toFile: path, atomically: true, encoding: .utf8)
    var options: [JSONValue.Member] = [.init("path", .string(path))]
    if let pace { options.append(.init("pace", pace)) }
    var pipeline = TestPipeline(directory: folder)
    let sink = RecordingSink()
    pipeline.add("file", JSONLinesSource(try .init(.object(options))))
    pipeline.add("sink", sink, inputs: ["file"])
    pipeline.add("bad", RecordingSink(), inputs: ["file.rejected"])
    let report = try await pipeline.run()
    #expect(report.events.isBalanced && report.failures == [])
    return (sink.record.entries, report)
  }

  private static let times = [
    "2026-01-31T09:00:00Z", "2026-01-31T09:00:04Z", nil, "2026-01-31T09:00:02Z",
    "2026-01-31T10:00:00Z",
  ]

  @Test(
    arguments: [
      (nil, 0), ("as-fast-as-possible", 0), ("recorded", 3_600_000),
      (["recorded": ["speed": 100]], 36_000),
      (["recorded": ["speed": 2, "longest_gap": "10s"]], 7_000),
    ] as [(JSONValue?, Int)])
  func `a file takes as long as its times and its pace say`(
    pace: JSONValue?, milliseconds: Int
  ) async throws {
    let (entries, report) = try await replay(Self.times, pace)
    // In the order of the file, whatever their times are.
    #expect(entries.map(\.fields.sequenceID) == (0..<5).map { "test-\($0)" })
    #expect(
      report.run.finishedAt.since(report.run.startedAt) == .milliseconds(milliseconds))
    #expect(report.events.rejected == 1)
    // On the virtual clock nobody is late.
    #expect(report.stages.first?.lag.maximum == 0)
  }
}
