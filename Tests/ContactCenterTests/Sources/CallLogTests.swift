import ContactCenter
import ContactModel
import PatchbayCore
import PatchbayJSON
import PatchbayTesting
import Testing

/// Rows become services, bad ones are named by line, and nothing stops the rest.
struct CallLogTests {
  private let folder: String

  init() throws { folder = try TemporaryFolder.make() }

  private static let header =
    "vru+line\tcall_id\tdate\tser_start\tser_exit\tserver"

  private func replay(
    _ rows: [String], options: [JSONValue.Member] = []
  ) async throws -> (good: [EventFields], bad: [RecordingSink.Record.Entry], RunReport) {
    let path = folder + "/log.tsv"
    try await WholeFile.write(
      Array(([Self.header] + rows).joined(separator: "\r\n").utf8), to: path)
    var pipeline = TestPipeline(directory: folder)
    let (good, bad) = (RecordingSink(), RecordingSink())
    let all = JSONValue.object([.init("path", .string(path))] + options)
    pipeline.add("calls", CallLogSource(try CallLogOptions(all)))
    pipeline.add("good", good, inputs: ["calls"])
    pipeline.add("bad", bad, inputs: ["calls.rejected"])
    let report = try await pipeline.run()
    return (good.record.entries.map(\.fields), bad.record.entries, report)
  }

  @Test func `a service is five events with the log's times`() async throws {
    let (events, _, report) = try await replay(
      ["A1\t7\t990131\t9:30:00\t9:32:05\tEYAL"],
      options: [.init("wrap_up", "1500ms")])
    #expect(
      events.map { [$0.timestamp ?? "", $0.state ?? ""] } == [
        ["1999-01-31T09:30:00.000000000Z", AgentState.busy],
        ["1999-01-31T09:30:00.000000000Z", AgentState.connected],
        ["1999-01-31T09:32:05.000000000Z", AgentState.disconnected],
        ["1999-01-31T09:32:05.000000000Z", AgentState.wrapping],
        ["1999-01-31T09:32:06.500000000Z", AgentState.available],
      ])
    #expect(events.map(\.sequenceID) == (0..<5).map { "log-2-\($0)" })
    // SHA-256 of "EYAL", first 16 bytes, with version 8 and variant set (RFC 9562 §5.8).
    #expect(Set(events.map(\.agentID)).count == 1)
    #expect(events[0].agentID?.dropFirst(14).first == "8")
    #expect(report.run.finishedAt.since(report.run.startedAt) == .milliseconds(126_500))
  }

  @Test func `its pace can be another one`() async throws {
    let rows = ["A1\t7\t990131\t9:30:00\t9:32:05\tEYAL", "A1\t8\t990201\t9:00:00\t9:00:10\tEYAL"]
    func duration(_ pace: JSONValue) async throws -> Duration {
      let (events, _, report) = try await replay(rows, options: [.init("pace", pace)])
      #expect(events.count == 10)
      return report.run.finishedAt.since(report.run.startedAt)
    }
    #expect(try await duration("recorded") == .seconds(84_610))
    #expect(try await duration("as-fast-as-possible") == .zero)
    // 125 s and 10 s at ten times the speed, and a night that takes a minute.
    #expect(
      try await duration(["recorded": ["speed": 10, "longest_gap": "10m"]])
        == .milliseconds(12_500 + 60_000 + 1_000))
  }

  @Test func `calls without an agent or a start make no events`() async throws {
    let (events, bad, report) = try await replay([
      "A1\t7\t990131\t0:00:00\t0:00:00\tNO_SERVER", "A1\t8\t990131\t0:00:00\t0:00:00\tEYAL",
      "A1\t9\t990131\t9:00:00\t9:00:01\tEYAL",
    ])
    #expect(events.count == 5)
    #expect(bad.isEmpty)
    #expect(report.stages[0].findings["rows"] == 3)
    #expect(report.stages[0].findings["services"] == 1)
  }

  @Test func `bad rows are rejected with line and reason, and the rest goes on`() async throws {
    let (events, bad, report) = try await replay([
      "A1\t7\t990131\t9:00:00\t9:01:00", "A1\t8\t990231\t9:00:00\t9:01:00\tEYAL",
      "A1\t9\t990131\t25:00:00\t9:01:00\tEYAL", "A1\t10\t990131\t9:00:00\tsoon\tEYAL",
      "A1\t11\t990131\t9:00:00\t9:01:00\t", "A1\t12\t990131\t9:00:00\t9:01:00\tEYAL",
    ])
    #expect(events.count == 5)
    #expect(
      bad.map(\.reason) == [
        "\(folder)/log.tsv:2: expected 6 fields, found 5",
        "\(folder)/log.tsv:3: date and ser_start: expected a time (yyMMdd H:mm:ss), "
          + "found \"990231 9:00:00\"",
        "\(folder)/log.tsv:4: date and ser_start: expected a time (yyMMdd H:mm:ss), "
          + "found \"990131 25:00:00\"",
        "\(folder)/log.tsv:5: date and ser_exit: expected a time (yyMMdd H:mm:ss), "
          + "found \"990131 soon\"",
        "\(folder)/log.tsv:6: server: is empty",
      ])
    #expect(report.events.emitted == 10)
    #expect(report.events.rejected == 5)
    #expect(report.stages[0].findings["bad_rows"] == 5)
  }

  @Test func `starts while in service count every earlier service of the day`() async throws {
    let (_, _, report) = try await replay([
      "A1\t1\t990131\t9:00:00\t10:00:00\tEYAL", "A1\t2\t990131\t9:10:00\t9:10:30\tEYAL",
      "A1\t3\t990131\t9:20:00\t9:21:00\tEYAL", "A1\t4\t990131\t10:00:00\t10:01:00\tEYAL",
      "A1\t5\t990131\t9:30:00\t9:31:00\tDANA", "A1\t6\t990131\t23:50:00\t0:10:00\tEYAL",
      "A1\t7\t990201\t0:05:00\t0:06:00\tEYAL", "A1\t8\t990131\t23:55:00\t23:56:00\tEYAL",
    ])
    // 2 and 3 lie in 1; 4 starts as 1 ends; 8 lies in 6, which ends on the next day; 7 is of
    // another day.
    #expect(report.stages[0].findings["starts_while_in_service"] == 3)
    #expect(report.stages[0].findings["agent_days"] == 3)
    #expect(report.stages[0].findings["agents"] == 2)
  }

  @Test func `a header without a column is an unreadable input`() async throws {
    let (_, _, report) = try await replay(
      [], options: [.init("columns", ["agent": "operator"])])
    #expect(
      report.failures == [
        "sources.calls: \(folder)/log.tsv:1: there is no column \"operator\"; the line is "
          + "\"vru+line, call_id, date, ser_start, ser_exit, server\"; set \"columns\" to what its columns "
          + "are called"
      ])
    #expect(report.exitCode == .unreadableInput)
  }
}
