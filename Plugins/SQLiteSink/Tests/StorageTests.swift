#if SQLiteSink
  import Foundation
  import GRDB
  import PatchbayKit
  import SQLiteSink
  import Testing

  struct StorageTests {
    @Test func `the options are declared completely`() {
      func problems<Tested: Sink>(_ type: Tested.Type) -> [String] {
        Tested.Options.declarationProblems()
      }
      let types = PluginEntry.stages.compactMap { $0 as? any Sink.Type }
      #expect(types.map { $0.type } == ["sqlite"])
      for type in types { #expect(problems(type) == []) }
    }

    @Test func `events, outcomes and mismatches are rows`() async throws {
      let place = try TemporaryPlace()
      var run = TestRun(in: place)
      run.batches = [[.order(1), .order(2, state: "wrapping")], [.order(3)]]
      var outcome = Outcome(.failed, status: 503, attempts: 4)
      outcome.timings.queue = 1
      outcome.timings.rateLimit = 2
      outcome.timings.backoff = 3
      outcome.timings.service = 4
      outcome.timings.wire = 5
      run.verdicts = [
        "s-2": .init(outcome: outcome, code: "http.503", reason: "busy"),
        "s-3": .init(outcome: Outcome(.unknown), code: "cancelled", reason: "never sent"),
      ]
      run.forbidden = ["s-2": "available"]
      let result = try await run.run()
      #expect(result.failures == [])
      #expect(result.sink?.written == 3)
      #expect(result.sink?.findings["events"] == 3)
      #expect(result.sink?.findings["mismatches"] == 1)
      let ids =
        "00000000-0000-4000-8000-000000000001|00000000-0000-4000-8000-000000000002"
      #expect(
        try place.rows(
          """
          SELECT run, sequence_id, timestamp_ns, malformed_timestamp, interaction_id, agent_id,
            state, event_type, attributes, validated FROM events ORDER BY sequence_id
          """)
          == [
            #"1|s-1|1769851800123456789|-|\#(ids)|busy|state|{"queue":"sales"}|0"#,
            #"1|s-2|1769851800123456789|-|\#(ids)|wrapping|state|{"queue":"sales"}|0"#,
            #"1|s-3|1769851800123456789|-|\#(ids)|busy|state|{"queue":"sales"}|0"#,
          ])
      #expect(
        try place.rows(
          """
          SELECT sequence_id, kind, status, attempts, queue_ns, rate_limit_ns, backoff_ns,
            service_ns, wire_ns, code, reason
          FROM injections JOIN events ON id = event ORDER BY sequence_id
          """) == [
            "s-1|accepted|202|1|0|0|0|0|0|-|-", "s-2|failed|503|4|1|2|3|4|5|http.503|busy",
            "s-3|unknown|-|0|-|-|-|-|-|cancelled|never sent",
          ])
      #expect(
        try place.rows(
          "SELECT sequence_id, from_state, to_state FROM mismatches JOIN events ON id = event")
          == ["s-2|available|wrapping"])
    }

    @Test func `malformed events are stored as they came`() async throws {
      let place = try TemporaryPlace()
      var run = TestRun(in: place)
      let long = String(repeating: "long ", count: 20_000)
      run.batches = [
        [
          EventFields(), EventFields(sequenceID: "", state: "", eventType: ""),
          EventFields(sequenceID: "a\0b", agentID: "\0", state: "x\0", attributes: "{\"n\":\"é\"}"),
          EventFields(
            sequenceID: "'; DROP TABLE events; --", timestamp: "yesterday\0",
            interactionID: "00000000-0000-4000-8000-00000000000G", agentID: "👩‍🚀 ñ e\u{301}",
            state: long, eventType: "\u{1B}[31m"),
        ]
      ]
      let result = try await run.run()
      #expect(result.failures == [])
      let columns = [
        "sequence_id", "malformed_timestamp", "interaction_id", "agent_id", "state", "event_type",
        "attributes",
      ]
      let queue = try DatabaseQueue(path: place.database)
      let casts = columns.map { "CAST(\($0) AS BLOB), typeof(\($0)) AS \($0)" }
      let found = try await queue.read { db in
        let sql = "SELECT \(casts.joined(separator: ", ")) FROM events"
        return try Row.fetchAll(db, sql: sql).map { row in
          columns.indices.map { column -> String? in
            let type = row[column * 2 + 1] as String
            let data = row[column * 2] as Data?
            return type == "null" ? nil : data.map { String(decoding: $0, as: UTF8.self) } ?? ""
          }
        }
      }
      #expect(
        found == [
          [nil, nil, nil, nil, nil, nil, nil], ["", nil, nil, nil, "", "", nil],
          ["a\0b", nil, nil, "\0", "x\0", nil, "{\"n\":\"é\"}"],
          [
            "'; DROP TABLE events; --", "yesterday\0", "00000000-0000-4000-8000-00000000000G",
            "👩‍🚀 ñ e\u{301}", long, "\u{1B}[31m", nil,
          ],
        ])
      #expect(try place.rows("SELECT count(*) FROM events WHERE timestamp_ns IS NULL") == ["4"])
    }

    @Test func `the timeline shows times as events have them`() async throws {
      let place = try TemporaryPlace()
      var run = TestRun(in: place)
      let times = [Int64.min, -1_000_000_001, -1_000_000_000, -1, 0, 1, 999_999_999, .max].map {
        Timestamp(nanoseconds: $0).description
      }
      run.batches = [
        times.enumerated().map { EventFields(sequenceID: "\($0)", timestamp: $1) } + [
          EventFields(sequenceID: "8", timestamp: "noon"), EventFields(sequenceID: "9"),
        ]
      ]
      #expect(try await run.run().failures == [])
      #expect(
        try place.rows("SELECT timestamp FROM timeline ORDER BY sequence_id")
          == times + ["noon", "-"])
    }

    @Test func `runs share a database, and each can be deleted`() async throws {
      let place = try TemporaryPlace()
      var run = TestRun(in: place)
      run.batches = [[.order(1), .order(2)]]
      run.forbidden = ["s-1": "available"]
      let one = try await run.run().report
      run.verdicts = ["s-1": .init(outcome: Outcome(.failed, status: 400, attempts: 1))]
      let other = try await run.run().report
      #expect(
        try place.rows(
          """
          SELECT run_id, name, seed, clock, started_at, finished_at, ending, verdict, exit_code,
            emitted, delivered, rejected, failed, abandoned FROM runs ORDER BY id
          """)
          == [(one, "2|0|0"), (other, "1|0|1")].map { report, settled in
            "\(report.run.id)|orders|42|virtual|\(report.run.startedAt)|\(report.run.finishedAt)|"
              + "completed|success|0|2|\(settled)|0"
          })
      #expect(
        try place.rows("SELECT run, count(*) FROM events GROUP BY run") == ["1|2", "2|2"])
      try place.change("PRAGMA foreign_keys = ON; DELETE FROM runs WHERE id = 1")
      #expect(
        try place.rows(
          """
          SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM injections),
            (SELECT count(*) FROM mismatches)
          """) == ["2|2|1"])
    }

    @Test func `a run without a path has a database of its own that only its owner reads`()
      async throws
    {
      let place = try TemporaryPlace()
      var run = TestRun(in: place)
      run.options = [:]
      run.batches = [[.order(1)]]
      let result = try await run.run()
      let file = result.report.run.directory + "/events.sqlite"
      #expect(try place.rows("SELECT count(*) FROM events", in: file) == ["1"])
      #expect(try place.mode(of: file) == 0o600)
      let files = try FileManager.default.contentsOfDirectory(atPath: result.report.run.directory)
      #expect(files.sorted().first == "events.sqlite")
    }

    @Test func `a failed run's verdict is a failure`() async throws {
      let place = try TemporaryPlace()
      let result = try await TestRun(in: place).run()
      // Nothing was emitted.
      #expect(result.report.exitCode == .failure)
      #expect(try place.rows("SELECT verdict, exit_code FROM runs") == ["failure|1"])
    }
  }
#endif
