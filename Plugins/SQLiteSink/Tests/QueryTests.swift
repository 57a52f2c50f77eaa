#if SQLiteSink
  import Foundation
  import PatchbayKit
  import Testing

  struct QueryTests {
    private func query(_ name: String) throws -> String {
      let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      let file = folder.appendingPathComponent("../../../Examples/sqlite/\(name).sql").standardized
      return try String(contentsOf: file, encoding: .utf8)
    }

    @Test func `percentiles of latency are by state`() async throws {
      let place = try TemporaryPlace()
      var run = TestRun(in: place)
      run.batches = [(1...100).map { .order($0) } + [.order(101, state: "wrapping")]]
      for number in 1...100 { run.verdicts["s-\(number)"] = .accepted(after: Int64(number)) }
      run.verdicts["s-101"] = .accepted(after: 7)
      let id = try await run.run().report.run.id
      #expect(
        try place.rows(try query("latency-by-state")) == [
          "\(id)|busy|100|50.0|95.0|99.0|100.0", "\(id)|wrapping|1|7.0|7.0|7.0|7.0",
        ])
    }

    @Test func `reasons of failures are counted`() async throws {
      let place = try TemporaryPlace()
      var run = TestRun(in: place)
      run.batches = [(1...5).map { .order($0) }]
      let busy = TestInjector.Answer(
        outcome: Outcome(.failed, status: 503, attempts: 4), code: "http.503", reason: "busy")
      run.verdicts = [
        "s-1": busy, "s-3": busy,
        "s-4": .init(
          outcome: Outcome(.unknown, attempts: 1), code: "timeout", reason: "no answer in 30s"),
      ]
      let id = try await run.run().report.run.id
      #expect(
        try place.rows(try query("failure-reasons")) == [
          "\(id)|failed|http.503|2|8|busy|s-1", "\(id)|unknown|timeout|1|1|no answer in 30s|s-4",
        ])
    }

    @Test func `mismatches are listed with their events`() async throws {
      let place = try TemporaryPlace()
      var run = TestRun(in: place)
      run.batches = [(1...4).map { .order($0, state: $0 == 4 ? "wrapping" : "busy") }]
      run.forbidden = ["s-2": "busy", "s-3": "busy", "s-4": "available"]
      let id = try await run.run().report.run.id
      let ids = "00000000-0000-4000-8000-000000000002|00000000-0000-4000-8000-000000000001"
      let time = "2026-01-31T09:30:00.123456789Z"
      #expect(
        try place.rows(try query("mismatches")) == [
          "\(id)|busy|busy|2|\(time)|s-2|\(ids)|s-1", "\(id)|busy|busy|2|\(time)|s-3|\(ids)|s-2",
          "\(id)|available|wrapping|1|\(time)|s-4|\(ids)|s-3",
        ])
    }
  }
#endif
